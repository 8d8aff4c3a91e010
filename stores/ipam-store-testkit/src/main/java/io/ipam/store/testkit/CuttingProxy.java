package io.ipam.store.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A TCP proxy that can break connections to a server: before a request reaches the server, or
 * before an answer reaches the client. It listens on the loopback address.
 *
 * <p>A connection breaks once per call of {@link #loseNextRequest} or {@link #loseNextAnswer}, with
 * the next bytes in that direction. A new connection works again. Thread safety: safe.
 */
public final class CuttingProxy implements AutoCloseable {
    private enum Cut {
        NONE,
        REQUEST,
        ANSWER
    }

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NONE);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /**
     * Starts a proxy.
     *
     * @param host the host of the server
     * @param port the port of the server
     */
    public CuttingProxy(String host, int port) {
        server = new InetSocketAddress(host, port);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** {@return the port that clients connect to, on the loopback address} */
    public int port() {
        return listener.getLocalPort();
    }

    /** Breaks the connection of the next bytes that a client sends, before the server gets them. */
    public void loseNextRequest() {
        cut.set(Cut.REQUEST);
    }

    /**
     * Breaks the connection of the next bytes that the server sends, before the client gets them.
     */
    public void loseNextAnswer() {
        cut.set(Cut.ANSWER);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                closeAll(); // The listener was closed, or the server refuses: the clients notice.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket target = new Socket();
        sockets.add(client);
        sockets.add(target);
        target.connect(server);
        start(() -> pump(client, target, Cut.REQUEST));
        start(() -> pump(target, client, Cut.ANSWER));
    }

    private void pump(Socket from, Socket to, Cut direction) {
        byte[] buffer = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0 && !cut.compareAndSet(direction, Cut.NONE)) {
                out.write(buffer, 0, read);
                out.flush();
                read = in.read(buffer);
            }
        } catch (IOException e) {
            sockets.remove(from); // One end has closed the connection, and now both have.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void closeAll() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void start(Runnable body) {
        Thread thread = new Thread(body, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes the listener and every connection. */
    @Override
    public void close() throws IOException {
        listener.close();
        closeAll();
    }
}
