package dev.portolan.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection in both directions, whatever carries it. Whoever dialled it closes it. */
public interface ByteStream extends AutoCloseable {

    InputStream input();

    /** Closing it tells the other side that nothing more comes; the input goes on. */
    OutputStream output();

    /** Whether neither side has closed it, as far as this side knows. */
    boolean isOpen();

    /** Ends both directions and wakes a blocked reader. Closing twice does nothing. */
    @Override
    void close() throws IOException;
}
