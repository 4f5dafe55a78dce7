package dev.portolan.buildkit;

import static io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING;
import static io.grpc.MethodDescriptor.MethodType.UNARY;

import com.google.protobuf.ByteString;
import dev.portolan.buildkit.BuildAccess.Login;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The stream on which BuildKit asks this machine for what a build needs. The roles are turned round: this side has dialled, and
 * is the server.
 */
final class Session implements AutoCloseable {
    private static final String FOLDERS = "moby.filesync.v1.FileSync";
    private static final String LOGINS = "moby.filesync.v1.Auth";
    private static final String SECRETS = "moby.buildkit.secrets.v1.Secrets";
    private static final String AGENTS = "moby.sshforward.v1.SSH";
    private static final String HEALTH = "grpc.health.v1.Health";
    private static final int SERVING = 1;

    private final String id = UUID.randomUUID().toString();
    private final BuildAccess access;
    private final Server server;

    private Session(Connector connector, String sharedKey, BuildAccess access) throws IOException {
        this.access = access;
        List<ServerServiceDefinition> services = services();
        var headers = Map.of(
                "X-Docker-Expose-Session-Uuid", List.of(id),
                "X-Docker-Expose-Session-Sharedkey", List.of(sharedKey),
                "X-Docker-Expose-Session-Grpc-Method", methods(services));
        OkHttpServerBuilder builder = OkHttpServerBuilder.forPort(
                        StreamSocket.NOWHERE, InsecureServerCredentials.create())
                .socketFactory(new SingleConnection(connector.open("/session", headers)))
                .transportExecutor(BuildKit.THREADS)
                .executor(BuildKit.THREADS)
                .addServices(services);
        server = builder.build().start();
    }

    /** @param sharedKey what the builder knows earlier contents of the same folders by */
    static Session open(Connector connector, String sharedKey, BuildAccess access) throws IOException {
        return new Session(connector, sharedKey, access);
    }

    /** What a build names this session by. */
    String id() {
        return id;
    }

    private static List<String> methods(List<ServerServiceDefinition> services) {
        return services.stream()
                .flatMap(service -> service.getMethods().stream())
                .map(method -> "/" + method.getMethodDescriptor().getFullMethodName())
                .toList();
    }

    private List<ServerServiceDefinition> services() {
        return List.of(
                ServerInterceptors.intercept(
                        ServerServiceDefinition.builder(FOLDERS)
                                .addMethod(
                                        Calls.method(BIDI_STREAMING, FOLDERS, "DiffCopy"),
                                        ServerCalls.asyncBidiStreamingCall(this::sendFolder))
                                .build(),
                        FolderRequest.READER),
                ServerServiceDefinition.builder(LOGINS)
                        .addMethod(unary(LOGINS, "Credentials"), answer(this::credentials))
                        .build(),
                ServerServiceDefinition.builder(SECRETS)
                        .addMethod(unary(SECRETS, "GetSecret"), answer(this::secret))
                        .build(),
                ServerInterceptors.intercept(
                        ServerServiceDefinition.builder(AGENTS)
                                .addMethod(unary(AGENTS, "CheckAgent"), answer(this::checkAgent))
                                .addMethod(
                                        Calls.method(BIDI_STREAMING, AGENTS, "ForwardAgent"),
                                        ServerCalls.asyncBidiStreamingCall(this::forwardAgent))
                                .build(),
                        AgentForward.READER),
                ServerServiceDefinition.builder(HEALTH)
                        .addMethod(unary(HEALTH, "Check"), answer(request -> new MessageWriter().number(1, SERVING)))
                        .build());
    }

    private static MethodDescriptor<byte[], byte[]> unary(String service, String name) {
        return Calls.method(UNARY, service, name);
    }

    /** What a call is answered with. */
    private interface Answer {
        MessageWriter to(Message request) throws IOException;
    }

    private static ServerCallHandler<byte[], byte[]> answer(Answer answer) {
        return ServerCalls.asyncUnaryCall((byte[] request, StreamObserver<byte[]> target) -> {
            try {
                target.onNext(answer.to(Message.parse(request)).toBytes());
                target.onCompleted();
            } catch (IOException | UncheckedIOException failed) {
                target.onError(
                        Status.UNAVAILABLE.withDescription(failed.getMessage()).asRuntimeException());
            }
        });
    }

    private MessageWriter credentials(Message request) throws IOException {
        Optional<Login> login = access.logins().to(request.text(1));
        MessageWriter answer = new MessageWriter();
        login.ifPresent(found -> answer.text(1, found.user()).text(2, found.secret()));
        return answer;
    }

    private MessageWriter secret(Message request) throws IOException {
        String name = request.text(1);
        byte[] value = access.secrets()
                .valueOf(name)
                .orElseThrow(() -> Status.NOT_FOUND
                        .withDescription("the build has no secret " + name)
                        .asRuntimeException());
        return new MessageWriter().bytes(1, ByteString.copyFrom(value));
    }

    private MessageWriter checkAgent(Message request) {
        agent(request.text(1));
        return new MessageWriter();
    }

    private Path agent(String id) {
        String name = id.isEmpty() ? "default" : id;
        return Optional.ofNullable(access.agents().get(name))
                .orElseThrow(() -> Status.NOT_FOUND
                        .withDescription("the build has no SSH agent " + name)
                        .asRuntimeException());
    }

    private StreamObserver<byte[]> forwardAgent(StreamObserver<byte[]> target) {
        try {
            return AgentForward.start(agent(AgentForward.ID.get()), target);
        } catch (IOException broken) {
            throw Status.UNAVAILABLE
                    .withDescription("the SSH agent does not answer: " + broken.getMessage())
                    .asRuntimeException();
        }
    }

    private StreamObserver<byte[]> sendFolder(StreamObserver<byte[]> target) {
        FolderRequest request = FolderRequest.CURRENT.get();
        SentFolder folder = access.folders().get(request.name());
        if (folder == null) {
            throw Status.NOT_FOUND
                    .withDescription("the build has no folder " + request.name())
                    .asRuntimeException();
        }
        try {
            List<SentFile> files = request.onlyIgnoreFile() ? List.of() : folder.files();
            FolderSender sender = new FolderSender(files, (ServerCallStreamObserver<byte[]>) target);
            sender.start();
            return sender;
        } catch (IOException unreadable) {
            throw Status.UNAVAILABLE
                    .withDescription("cannot be read: " + unreadable.getMessage())
                    .asRuntimeException();
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
