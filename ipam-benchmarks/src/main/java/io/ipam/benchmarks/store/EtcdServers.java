package io.ipam.benchmarks.store;

import io.grpc.ManagedChannel;
import io.ipam.store.Head;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.etcd.EtcdStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Servers of etcd that form one cluster on the loopback address, with their data in a temporary
 * folder. The program is {@code /usr/bin/etcd}, or that of {@code -Dipam.etcd}.
 *
 * <p>Thread safety: none.
 */
final class EtcdServers implements AutoCloseable {
    private static final String PROGRAM = System.getProperty("ipam.etcd", "/usr/bin/etcd");
    private static final int START_SECONDS = 60;

    private final Path folder;
    private final List<Integer> ports;
    private final List<Process> processes = new ArrayList<>();

    EtcdServers(int count) {
        try {
            folder = Files.createTempDirectory("ipam-benchmarks").toAbsolutePath();
            ports = freePorts(2 * count);
            for (int i = 0; i < count; i++) {
                processes.add(start(i, count));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        awaitReady();
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return sockets.stream().map(ServerSocket::getLocalPort).toList();
    }

    private Process start(int index, int count) throws IOException {
        String cluster =
                IntStream.range(0, count).mapToObj(i -> "n" + i + "=" + peer(i)).collect(Collectors.joining(","));
        List<String> command = List.of(
                PROGRAM,
                "--name=n" + index,
                "--data-dir=" + folder.resolve("n" + index),
                "--listen-client-urls=" + client(index),
                "--advertise-client-urls=" + client(index),
                "--listen-peer-urls=" + peer(index),
                "--initial-advertise-peer-urls=" + peer(index),
                "--initial-cluster=" + cluster);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("n" + index + ".log").toFile())
                .start();
    }

    private String client(int index) {
        return "http://127.0.0.1:" + ports.get(2 * index);
    }

    private String peer(int index) {
        return "http://127.0.0.1:" + ports.get(2 * index + 1);
    }

    /** The address of the first server. */
    String target() {
        return "127.0.0.1:" + ports.get(0);
    }

    private void awaitReady() {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        ManagedChannel channel = EtcdBackend.channel(target());
        try (StateStore store = EtcdStore.of(channel, "ready")) {
            while (!isReady(store)) {
                if (System.nanoTime() - limit > 0) {
                    throw new IllegalStateException("etcd does not answer; its output is in " + folder);
                }
                Slices.sleep(50);
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private static boolean isReady(StateStore store) {
        try {
            store.newsAfter(Head.NONE);
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    /** The first line of {@code etcd --version}. */
    static String version() {
        try {
            Process process = new ProcessBuilder(PROGRAM, "--version").start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.lines().findFirst().orElse("").replace("etcd Version: ", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill() {
        for (Process process : processes) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
