package io.ipam.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.ipam.house.Await;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Servers of etcd that form one cluster, on free ports of the loopback address, with their data in
 * a folder. They end with {@link #close}, with this process, or after 30 minutes.
 */
final class EtcdNodes implements AutoCloseable {
    private static final String PROGRAM = System.getProperty("ipam.etcd", "/usr/bin/etcd");

    private final Path folder;
    private final Access access;
    private final List<String> options;
    private final List<Node> nodes = new ArrayList<>();
    private final Thread end = new Thread(this::killAll);

    /** The way to the servers, as a user who may write the key {@code test}. */
    interface Access {
        Access PLAIN = new Access() {};

        default String scheme() {
            return "http";
        }

        default ManagedChannel channelTo(int port) {
            return EtcdHooks.channelTo(port);
        }
    }

    /** A server. Its address is the same after each start. */
    private static final class Node {
        final String name;
        final int clients;
        final int peers;
        Process process;

        Node(String name, int clients, int peers) {
            this.name = name;
            this.clients = clients;
            this.peers = peers;
        }

        String peer() {
            return name + "=http://127.0.0.1:" + peers;
        }
    }

    EtcdNodes(Path folder, int count, String... options) throws IOException {
        this(folder, Access.PLAIN, count, options);
    }

    EtcdNodes(Path folder, Access access, int count, String... options) throws IOException {
        this.folder = folder;
        this.access = access;
        this.options = List.of(options);
        List<Integer> ports = freePorts(2 * count);
        IntStream.range(0, count).forEach(i -> nodes.add(new Node("n" + i, ports.get(2 * i), ports.get(2 * i + 1))));
        Runtime.getRuntime().addShutdownHook(end);
        startAll();
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    List<Integer> ports() {
        return nodes.stream().map(node -> node.clients).toList();
    }

    Path folder() {
        return folder;
    }

    void startAll() throws IOException {
        for (Node node : nodes) {
            start(node);
        }
        awaitWrites();
    }

    private void start(Node node) throws IOException {
        File log = folder.resolve(node.name + ".log").toFile();
        node.process = new ProcessBuilder(command(node))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private List<String> command(Node node) {
        String clients = access.scheme() + "://127.0.0.1:" + node.clients;
        String peers = "http://127.0.0.1:" + node.peers;
        String cluster = nodes.stream().map(Node::peer).collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(List.of(
                "timeout",
                "-s",
                "KILL",
                "30m",
                PROGRAM,
                "--name",
                node.name,
                "--data-dir",
                folder.resolve(node.name).toString(),
                "--listen-client-urls",
                clients,
                "--advertise-client-urls",
                clients,
                "--listen-peer-urls",
                peers,
                "--initial-advertise-peer-urls",
                peers,
                "--initial-cluster",
                cluster));
        command.addAll(options);
        return command;
    }

    /** Kills the servers without warning. */
    void killAll() {
        nodes.forEach(EtcdNodes::kill);
    }

    /** Kills the server. The program {@code timeout} ends after its child. */
    private static void kill(Node node) {
        if (node.process != null) {
            List<ProcessHandle> servers = node.process.descendants().toList();
            servers.forEach(ProcessHandle::destroyForcibly);
            if (servers.isEmpty()) {
                node.process.destroyForcibly();
            }
            node.process.onExit().join();
        }
    }

    /** Kills the leader without warning, and starts it again. */
    void killLeader() throws IOException {
        Node leader = nodes.get(leader());
        kill(leader);
        awaitWrites();
        start(leader);
        awaitStatus(leader);
    }

    private int leader() throws IOException {
        AtomicInteger tried = new AtomicInteger(-1);
        Await.until("a server is the leader", () -> {
            StatusResponse status = awaitStatus(nodes.get(tried.incrementAndGet() % nodes.size()));
            return status.getLeader() == status.getHeader().getMemberId();
        });
        return tried.get() % nodes.size();
    }

    private StatusResponse awaitStatus(Node node) throws IOException {
        return await(
                node,
                channel -> MaintenanceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(5, TimeUnit.SECONDS)
                        .status(StatusRequest.getDefaultInstance()));
    }

    /** Waits until a server that runs accepts a write. */
    private void awaitWrites() throws IOException {
        PutRequest put = PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("test"))
                .setValue(ByteString.copyFromUtf8("ready"))
                .build();
        List<Node> running =
                nodes.stream().filter(node -> node.process.isAlive()).toList();
        for (Node node : running) {
            await(
                    node,
                    channel -> KVGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(5, TimeUnit.SECONDS)
                            .put(put));
        }
    }

    private interface Call<T> {
        T of(ManagedChannel channel);
    }

    /**
     * Waits for the result of a call. A server that has ended is started again: another program may
     * have had its port for a moment.
     */
    private <T> T await(Node node, Call<T> call) throws IOException {
        AtomicReference<T> result = new AtomicReference<>();
        Await.until("etcd answers; its output is in " + folder, () -> {
            if (!node.process.isAlive()) {
                start(node);
            }
            ManagedChannel channel = access.channelTo(node.clients);
            try {
                result.set(call.of(channel));
                return true;
            } catch (StatusRuntimeException failed) {
                return false;
            } finally {
                channel.shutdownNow();
            }
        });
        return result.get();
    }

    /** Copies the data of the servers, which are not running. */
    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(end);
    }
}
