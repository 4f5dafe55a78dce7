package dev.portolan.secrets.aws;

import dev.portolan.model.ExitCode;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import dev.portolan.secrets.Fields;
import dev.portolan.secrets.SecretStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * AWS Secrets Manager, with the credentials that AWS's own programs find. One secret that is an object of JSON or, where the id has
 * {@code ${name}}, one secret for each, as it is.
 */
public final class AwsStore implements SecretStore {
    private final SecretSource.Aws source;

    public AwsStore(SecretSource.Aws source) {
        this.source = source;
    }

    @Override
    public Answer current(Set<String> keys) {
        try (SecretsManagerClient client = client()) {
            Map<String, Stored> found = new HashMap<>();
            if (eachAlone()) {
                keys.forEach(key -> ask(client, id(key), "")
                        .ifPresent(answer -> found.put(key, new Stored(whole(answer), answer.versionId(), true))));
                return new Answer(found, Set.of());
            }
            Optional<GetSecretValueResponse> answer = ask(client, source.id(), "");
            Map<String, Secret> fields = answer.map(this::fields).orElse(Map.of());
            answer.ifPresent(given -> keys.forEach(key -> Optional.ofNullable(fields.get(key))
                    .ifPresent(value -> found.put(key, new Stored(value, given.versionId(), false)))));
            return new Answer(found, fields.keySet());
        }
    }

    @Override
    public Optional<Secret> earlier(String key, String version) {
        try (SecretsManagerClient client = client()) {
            return eachAlone()
                    ? ask(client, id(key), version).map(AwsStore::whole)
                    : ask(client, source.id(), version)
                            .flatMap(
                                    answer -> Optional.ofNullable(fields(answer).get(key)));
        }
    }

    private boolean eachAlone() {
        return source.id().contains(SecretSource.NAME);
    }

    private String id(String key) {
        return source.id().replace(SecretSource.NAME, key);
    }

    private SecretsManagerClient client() {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(source.region()));
        if (!source.endpoint().isEmpty()) {
            builder.endpointOverride(URI.create(source.endpoint()));
        }
        return builder.build();
    }

    /** Empty when there is no such secret, or no such version of it any more. */
    private Optional<GetSecretValueResponse> ask(SecretsManagerClient client, String id, String version) {
        GetSecretValueRequest.Builder request = GetSecretValueRequest.builder().secretId(id);
        if (!version.isEmpty()) {
            request.versionId(version);
        }
        try {
            return Optional.of(client.getSecretValue(request.build()));
        } catch (ResourceNotFoundException missing) {
            return Optional.empty();
        } catch (AwsServiceException refused) {
            throw failed(id, refused.awsErrorDetails().errorMessage(), refused);
        } catch (SdkClientException unreachable) {
            throw failed(id, String.valueOf(unreachable.getMessage()), unreachable);
        }
    }

    private UserError failed(String id, String words, SdkException cause) {
        return new UserError(
                "AWS Secrets Manager in " + source.region() + " does not give " + id + ": " + words,
                "see who you are with: aws sts get-caller-identity; it must be allowed secretsmanager:GetSecretValue",
                ExitCode.FAILED,
                cause);
    }

    private static Secret whole(GetSecretValueResponse answer) {
        return new Secret(
                answer.secretString() == null
                        ? answer.secretBinary().asByteArray()
                        : answer.secretString().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Secret> fields(GetSecretValueResponse answer) {
        return Optional.ofNullable(answer.secretString())
                .flatMap(Fields::of)
                .orElseThrow(() -> new UserError(
                        "the secret " + source.id() + " of AWS Secrets Manager in " + source.region()
                                + " is no JSON object, so it has no secrets by name",
                        "make it one, or write ${name} into \"id\" in portolan.yml, to have a secret for each name"));
    }
}
