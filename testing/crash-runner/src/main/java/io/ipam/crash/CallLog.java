package io.ipam.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file to which one caller writes each question before the call, and its answer after it. A line
 * is in the kernel when {@link #write} returns, so it survives a kill of the process.
 *
 * <p>Thread safety: safe.
 */
final class CallLog {
    static final String QUESTION = "Q";
    static final String ANSWER = "A";
    static final String EVENT = "E";

    private final FileChannel file;

    CallLog(Path path) {
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line: its kind, the time, and the fields. */
    synchronized void write(String kind, String... fields) {
        String line = kind + "\t" + System.nanoTime() + "\t" + String.join("\t", fields);
        ByteBuffer bytes = ByteBuffer.wrap((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
