package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.EngineException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    driver failed programming: Bind for 0.0.0.0:80 failed: port is already allocated | docker ps
                    listen tcp4 127.0.0.1:80: bind: address already in use                            | ss -ltnp
                    write /var/lib/docker/tmp/x: no space left on device                              | docker system df
                    No such image: web:1                                                              | docker login
                    pull access denied for x, repository does not exist or may require login          | docker login
                    Pool overlaps with other one on this address space                                | subnet
                    exec: "nope": executable file not found in $PATH: unknown                         | entrypoint
                    failed to init repo: exec: "git": executable file not found in $PATH              | install git
                    The container name "/web" is already in use by container "abc"                    | rename
                    dial tcp: lookup registry.example: no such host                                   | name resolution
                    something never seen before                                                       | journalctl
                    """)
    void theEnginesWordsLeadToARemedy(String words, String remedy) {
        EngineException failure = Failures.of("do it", "/s", new RefusedException(500, words));
        assertThat(failure.message()).isEqualTo("Could not do it: " + words);
        assertThat(failure.remedy()).contains(remedy);
    }

    @Test
    void aSocketThatMayNotBeUsedNamesTheGroup() {
        EngineException failure = Failures.of("do it", "/s", new AccessDeniedException("/s"));
        assertThat(failure.message()).isEqualTo("Could not do it: no permission to use /s");
        assertThat(failure.remedy()).contains("usermod -aG docker");
    }

    @Test
    void anInterruptIsCalledOne() {
        assertThat(Failures.of("do it", "/s", new ClosedByInterruptException()).message())
                .isEqualTo("Could not do it: interrupted");
    }
}
