package dev.portolan.secrets.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import dev.portolan.secrets.SecretStore.Stored;
import dev.portolan.testing.Moto;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsStoreIT {
    private static Moto moto;
    private static SecretsManagerClient client;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        moto = Moto.start();
        client = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.EU_WEST_1)
                .endpointOverride(moto.address())
                .build();
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
            moto.close();
        }
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private static AwsStore store(String id) {
        return new AwsStore(new SecretSource.Aws("eu-west-1", id, moto.address().toString()));
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String create(String id, String text) {
        return client.createSecret(request -> request.name(id).secretString(text))
                .versionId();
    }

    private static String put(String id, String text) {
        return client.putSecretValue(request -> request.secretId(id).secretString(text))
                .versionId();
    }

    @Test
    void theFieldsOfAnObjectAreSecretsWithItsVersionAndEarlierOnesAreThereByTheirs() {
        String id = "shop/prod/us-west";
        String first = create(id, "{\"A\":\"old\",\"B\":2}");
        String second = put(id, "{\"A\":\"new\",\"B\":2}");
        AwsStore store = store(id);

        assertThat(store.current(Set.of("A", "B", "C")).found())
                .isEqualTo(Map.of(
                        "A", new Stored(secret("new"), second, false),
                        "B", new Stored(secret("2"), second, false)));
        assertThat(store.current(Set.of("C")).names()).containsExactlyInAnyOrder("A", "B");
        assertThat(store.earlier("A", first)).contains(secret("old"));
        assertThat(store.earlier("A", "00000000-0000-0000-0000-000000000000")).isEmpty();
    }

    @Test
    void withANameInTheIdEachIsASecretOfItsOwnAsItIs() {
        String first = create("each/A", "{\"left\": \"as it is\"}");
        client.createSecret(
                request -> request.name("each/KEY").secretBinary(SdkBytes.fromByteArray(new byte[] {-1, 0})));
        AwsStore store = store("each/${name}");

        assertThat(store.current(Set.of("A", "NONE")).found())
                .isEqualTo(Map.of("A", new Stored(secret("{\"left\": \"as it is\"}"), first, true)));
        assertThat(store.current(Set.of("KEY")).found().values())
                .extracting(Stored::value)
                .containsExactly(new Secret(new byte[] {-1, 0}));
        put("each/A", "new");
        assertThat(store.earlier("A", first)).contains(secret("{\"left\": \"as it is\"}"));
    }

    @Test
    void oneThatIsNoObjectIsSaidWithoutIt() {
        create("plain", "canary");

        assertThatThrownBy(() -> store("plain").current(Set.of("A")))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "the secret plain of AWS Secrets Manager in eu-west-1 is no JSON object, so it has no secrets by"
                                + " name");
        assertThat(store("nothing").current(Set.of("A")).found()).isEmpty();
    }

    @Test
    void aServiceThatDoesNotAnswerIsSaid() {
        AwsStore store = new AwsStore(new SecretSource.Aws(
                "eu-west-1", "x", URI.create("http://127.0.0.1:1").toString()));

        assertThatThrownBy(() -> store.current(Set.of("A")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("AWS Secrets Manager in eu-west-1 does not give x: ");
    }
}
