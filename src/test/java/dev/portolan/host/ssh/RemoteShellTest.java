package dev.portolan.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.host.ssh.RemoteShell.Answer;
import java.io.EOFException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteShellTest {
    private LocalShell process;
    private RemoteShell shell;

    @BeforeEach
    void open() throws Exception {
        process = LocalShell.start();
        shell = new RemoteShell(process, new Random(1));
    }

    @AfterEach
    void close() throws Exception {
        shell.close();
    }

    @Test
    void aCommandSaysItsOutputAndHowItEnded() throws Exception {
        assertThat(shell.run("echo one; echo two >&2; exit 3")).isEqualTo(new Answer(3, "one\ntwo\n"));
        assertThat(shell.run("printf 'no line break'")).isEqualTo(new Answer(0, "no line break"));
        assertThat(shell.run(":")).isEqualTo(new Answer(0, ""));
    }

    @Test
    void noCommandChangesTheShellOfTheNextOne() throws Exception {
        shell.run("cd /tmp; x=1; set -e; false");
        assertThat(shell.run("echo \"[$x]\"; false; echo on")).isEqualTo(new Answer(0, "[]\non\n"));
    }

    @Test
    void whatIsDefinedIsThereForAllCommands() throws Exception {
        shell.define("greet() { echo \"hello $1\"; }");
        assertThat(shell.run("greet you").output()).isEqualTo("hello you\n");
    }

    @Test
    void aCommandThatReadsFindsNothing() throws Exception {
        assertThat(shell.run("cat; echo end")).isEqualTo(new Answer(0, "end\n"));
    }

    @Test
    void longOutputsAndBytesOfAnyKindArrive() throws Exception {
        Answer answer = shell.run("i=0; while [ $i -lt 20000 ]; do echo \"line $i\"; i=$((i+1)); done");
        assertThat(answer.output().lines()).hasSize(20_000).last().isEqualTo("line 19999");
        assertThat(shell.run("printf '\\303\\251\\n\\n'").output()).isEqualTo("\u00e9\n\n");
    }

    @Test
    void aShellThatEndsInTheMiddleIsAnError() {
        assertThatThrownBy(() -> shell.run("kill -9 $$")).isInstanceOf(EOFException.class);
    }

    @Test
    void wordsAreQuotedForAShell() throws Exception {
        String word = "a'b\"c$d`e\\f g\nh*";
        assertThat(shell.run("printf %s " + ShellText.quoted(word)).output()).isEqualTo(word);
    }
}
