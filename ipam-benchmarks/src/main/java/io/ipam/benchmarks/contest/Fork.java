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
 * A Java process of its own for each goal and each curve: what one has taught the compiler, and the
 * garbage it has left, must not help or hinder the next, so that the order does not matter and one
 * alone gives the same as all.
 *
 * <p>Flags: {@code -Xmx3g}, for a million objects of each peer. {@code -Xbatch} makes a thread wait
 * for the compiler: warm-up is counted in processor time, and on a busy machine a compiler in the
 * background would still be at work when it is over. The collector is Java's choice.
 *
 * <p>Thread safety: none needed; no state.
 */
public final class Fork {
    private static final List<String> FLAGS = List.of("-Xmx3g", "-Xbatch", "-Djava.awt.headless=true");
    private static final String CHILD = "--child";

    private Fork() {}

    /**
     * Runs a program in a process of its own, with this one's class path.
     *
     * @param program its class
     * @param arguments as to be passed
     * @return what it answered
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
     * Whether this process is such a one.
     *
     * @param arguments as passed
     * @return whether they are of {@link #call}
     */
    public static boolean isChild(List<String> arguments) {
        return !arguments.isEmpty() && arguments.get(0).equals(CHILD);
    }

    /**
     * Answers {@link #call}; what else is printed goes where errors go.
     *
     * @param work yields the answer
     */
    public static void answer(Answer work) {
        System.setOut(System.err);
        try (ObjectOutputStream out = new ObjectOutputStream(new FileOutputStream(FileDescriptor.out))) {
            out.writeObject(work.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a child does. */
    @FunctionalInterface
    public interface Answer {
        /** {@return something that can be sent} */
        Serializable get();
    }
}
