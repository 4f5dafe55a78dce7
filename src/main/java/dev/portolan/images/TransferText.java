package dev.portolan.images;

import java.util.Locale;

/** What a person reads of an image on its way. */
final class TransferText {
    private static final double MEGABYTE = 1e6;

    private TransferText() {}

    /** Such as {@code 12.5 MB}. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }

    /** What travels: {@code the host has 5 of 7 layers; 12.5 MB to send}. */
    static String lacking(int present, SavedImage image) {
        long bytes =
                image.layers().stream().skip(present).mapToLong(Layer::size).sum();
        return "the host has " + present + " of " + image.layers().size() + " layers; " + megabytes(bytes) + " to send";
    }

    /** How far it is: {@code layer 6 of 7: 4.2 of 12.5 MB}. */
    static String within(SavedImage image, Layer layer, long bytes) {
        String all = megabytes(layer.size());
        return "layer " + (layer.index() + 1) + " of " + image.layers().size() + ": "
                + (bytes == layer.size() ? all : String.format(Locale.ROOT, "%.1f of ", bytes / MEGABYTE) + all);
    }
}
