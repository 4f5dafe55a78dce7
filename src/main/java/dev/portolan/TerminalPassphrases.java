package dev.portolan;

import dev.portolan.host.ssh.Passphrases;
import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;

/** Asks at the terminal, where what is typed is not shown. */
final class TerminalPassphrases implements Passphrases {

    @Override
    @SuppressWarnings("SystemConsoleNull") // of JDK 22 to 24 only
    public synchronized Optional<String> of(Path key, boolean again) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return Optional.empty();
        }
        char[] typed = console.readPassword(again ? "Wrong. Passphrase of %s: " : "Passphrase of %s: ", key);
        return Optional.ofNullable(typed).map(String::new).filter(passphrase -> !passphrase.isEmpty());
    }
}
