package dev.portolan.buildkit;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What BuildKit says in the head of a call for a folder.
 *
 * @param paths that it wants, with what they lead to; everything when there is none
 */
record FolderRequest(String name, List<String> paths) {
    private static final Metadata.Key<String> NAME = Metadata.Key.of("dir-name", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> FOLLOWED =
            Metadata.Key.of("followpaths", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> INCLUDED =
            Metadata.Key.of("include-patterns", Metadata.ASCII_STRING_MARSHALLER);

    static final Context.Key<FolderRequest> CURRENT = Context.key("folder");

    /** Puts the request where the call finds it. */
    static final ServerInterceptor READER = new ServerInterceptor() {
        @Override
        public <Q, A> io.grpc.ServerCall.Listener<Q> interceptCall(
                io.grpc.ServerCall<Q, A> call, Metadata head, io.grpc.ServerCallHandler<Q, A> next) {
            return Contexts.interceptCall(Context.current().withValue(CURRENT, of(head)), call, head, next);
        }
    };

    FolderRequest {
        paths = List.copyOf(paths);
    }

    static FolderRequest of(Metadata head) {
        List<String> paths = new ArrayList<>();
        for (Metadata.Key<String> key : List.of(FOLLOWED, INCLUDED)) {
            Optional.ofNullable(head.getAll(key)).ifPresent(all -> all.forEach(paths::add));
        }
        return new FolderRequest(Optional.ofNullable(head.get(NAME)).orElse(""), paths);
    }

    /** The builder looks for ignore files before it asks for the rest; what is ignored is left out here already. */
    boolean onlyIgnoreFile() {
        return !paths.isEmpty() && paths.stream().allMatch(path -> path.endsWith(".dockerignore"));
    }
}
