package dev.portolan.bench;

import dev.portolan.compose.CanonicalReading;
import dev.portolan.compose.ComposeReader;
import dev.portolan.compose.ComposeSource;
import dev.portolan.compose.CorpusCase;
import dev.portolan.compose.CorpusReading;

/** Reads every project of the corpus once; its folder is found from the current one. */
public final class WholeCorpus {

    private WholeCorpus() {}

    public static void main(String[] arguments) {
        long characters = 0;
        for (CorpusCase project : CorpusCase.all()) {
            characters += answer(CorpusReading.source(project)).length();
        }
        System.out.println(characters);
    }

    /** The JSON of a project, or what is wrong with it. */
    static String answer(ComposeSource source) {
        return switch (ComposeReader.canonical(source)) {
            case CanonicalReading.Read read -> read.project().json();
            case CanonicalReading.Refused refused -> refused.problems().toString();
        };
    }
}
