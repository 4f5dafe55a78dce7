package dev.portolan.docker.api;

import dev.portolan.build.DockerfileText;
import dev.portolan.buildkit.BuildFailure;
import dev.portolan.model.ImageSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Says why a build failed: what BuildKit says, where in the Dockerfile, and the last lines of the step. */
final class BuildFailureText {
    private static final Pattern STEP_NUMBER = Pattern.compile("^\\[[^\\]]*\\] ");

    private BuildFailureText() {}

    static String of(BuildFailure failure, ImageSource.Built image, Optional<DockerfileText> dockerfile) {
        StringBuilder text = new StringBuilder();
        text.append(failure.getMessage());
        OptionalInt line = line(failure, dockerfile);
        if (line.isPresent()) {
            text.append("\n  at ").append(fileName(image)).append(':').append(line.getAsInt());
        }
        if (!failure.step().isEmpty()) {
            text.append("\n  in step ").append(failure.step());
        }
        failure.output().forEach(said -> text.append("\n  | ").append(said));
        return text.toString();
    }

    /** Older engines do not say the line of a step. */
    private static OptionalInt line(BuildFailure failure, Optional<DockerfileText> dockerfile) {
        if (dockerfile.isEmpty()) {
            return failure.line();
        }
        DockerfileText text = dockerfile.get();
        OptionalInt line = failure.line().isPresent()
                ? failure.line()
                : text.lineOf(STEP_NUMBER.matcher(failure.step()).replaceFirst(""));
        return line.isPresent() ? OptionalInt.of(text.originalLine(line.getAsInt())) : line;
    }

    private static String fileName(ImageSource.Built image) {
        return image.dockerfileText().isPresent() ? "dockerfile_inline" : image.dockerfile();
    }
}
