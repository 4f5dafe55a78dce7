package dev.portolan.model;

import java.util.List;

/**
 * Where the secrets of a region are. It holds no value, nor anything by which somebody gets one, and is a part of the release:
 * going back to one asks where it was asked then.
 *
 * <p>In a text {@code ${secrets}} stands for the region's word, and {@code ${name}} for the name of each secret. Of a source of a
 * release the first is filled in.
 */
public sealed interface SecretSource {
    String REGION = "${secrets}";
    String NAME = "${name}";

    /** As a person calls it, in the middle of a sentence. */
    String text();

    /** For a region. */
    SecretSource of(String region);

    /** @param file encrypted with age; relative to the project's folder, or absolute */
    record Age(String file) implements SecretSource {
        @Override
        public String text() {
            return "the file " + file;
        }

        @Override
        public SecretSource of(String region) {
            return new Age(file.replace(REGION, region));
        }
    }

    /**
     * AWS Secrets Manager.
     *
     * @param region of AWS
     * @param id of one secret whose value is a JSON object or, when it has {@code ${name}}, of one secret for each
     * @param endpoint instead of the region's own; empty for that
     */
    record Aws(String region, String id, String endpoint) implements SecretSource {
        @Override
        public String text() {
            return id + " of AWS Secrets Manager in " + region;
        }

        @Override
        public SecretSource of(String word) {
            return new Aws(region, id.replace(REGION, word), endpoint);
        }
    }

    /**
     * A KV store, version 2, of Vault or OpenBao.
     *
     * @param address such as {@code https://vault.example:8200}
     * @param mount of the store
     * @param path of one entry whose fields are secrets or, when it has {@code ${name}}, of one entry for each, with a field {@code
     *     value}
     * @param namespace empty for none
     */
    record Vault(String address, String mount, String path, String namespace) implements SecretSource {
        @Override
        public String text() {
            return mount + "/" + path + " of Vault at " + address;
        }

        @Override
        public SecretSource of(String region) {
            return new Vault(address, mount, path.replace(REGION, region), namespace);
        }
    }

    /** Variables of whoever runs the command. */
    record Environment() implements SecretSource {
        @Override
        public String text() {
            return "the environment of this command";
        }

        @Override
        public SecretSource of(String region) {
            return this;
        }
    }

    /** @param command prints a secret: the program and its arguments */
    record Command(List<String> command) implements SecretSource {
        public Command {
            command = List.copyOf(command);
        }

        @Override
        public String text() {
            return "the command " + command.getFirst();
        }

        @Override
        public SecretSource of(String region) {
            return new Command(
                    command.stream().map(word -> word.replace(REGION, region)).toList());
        }
    }
}
