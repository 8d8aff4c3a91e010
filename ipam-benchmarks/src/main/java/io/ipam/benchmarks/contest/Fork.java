package io.ipam.benchmarks.contest;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A separate Java process for each goal and each curve. Compiled code and garbage of one
 * measurement must not affect the next. So the order does not matter, and a single goal yields the
 * same figures as all goals together.
 *
 * <p>Flags: {@code -Xmx3g}, for a million objects of each peer. {@code -Xbatch} makes a thread wait
 * for the compiler. Warm-up is counted in processor time, and on a busy machine a background
 * compiler would still be busy when the warm-up ends. Java chooses the collector.
 *
 * <p>Thread safety: none needed; no state.
 */
public final class Fork {
    private static final List<String> FLAGS = List.of("-Xmx3g", "-Xbatch", "-Djava.awt.headless=true");
    private static final String CHILD = "--child";

    private Fork() {}

    /**
     * Runs a program in a new process with the class path of this one.
     *
     * @param program its main class
     * @param arguments the arguments to pass
     * @return the result that it sent
     */
    public static Object call(Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName(), CHILD));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (ObjectInputStream answer = new ObjectInputStream(process.getInputStream())) {
                return answer.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + command, e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether this process is a child that must answer a call.
     *
     * @param arguments the arguments of the program
     * @return whether they come from {@link #call}
     */
    public static boolean isChild(List<String> arguments) {
        return !arguments.isEmpty() && arguments.get(0).equals(CHILD);
    }

    /**
     * Sends a result to {@link #call}; other output is redirected to standard error.
     *
     * @param work computes the result
     */
    public static void answer(Answer work) {
        System.setOut(System.err);
        try (ObjectOutputStream out = new ObjectOutputStream(new FileOutputStream(FileDescriptor.out))) {
            out.writeObject(work.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The work of a child process. */
    @FunctionalInterface
    public interface Answer {
        /** {@return the serializable result} */
        Serializable get();
    }
}
