package io.ipam.store.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lost requests and answers of {@link CuttingProxy}, before a server that echoes bytes. */
class CuttingProxyTest {
    private final AtomicInteger received = new AtomicInteger();
    private ServerSocket server;
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
        proxy = new CuttingProxy(server.getInetAddress().getHostAddress(), server.getLocalPort());
    }

    /** Serves one connection after the other. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                int read = client.getInputStream().read();
                while (read >= 0) {
                    received.incrementAndGet();
                    client.getOutputStream().write(read);
                    read = client.getInputStream().read();
                }
            } catch (IOException e) {
                received.addAndGet(0); // The test or the proxy has closed the connection.
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    /** {@return the echo, or -1 if the connection is broken} */
    private static int echo(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        try {
            return client.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void proxy_undisturbed_passesBytes() throws IOException {
        try (Socket client = connect()) {
            assertEquals(7, echo(client, 7));
            assertEquals(8, echo(client, 8));
        }
        assertEquals(2, received.get());
    }

    @Test
    void loseNextRequest_serverGetsNothing() throws IOException {
        try (Socket client = connect()) {
            assertEquals(7, echo(client, 7));
            proxy.loseNextRequest();
            assertEquals(-1, echo(client, 8));
        }
        assertEquals(1, received.get());
        try (Socket client = connect()) {
            assertEquals(9, echo(client, 9));
        }
    }

    @Test
    void loseNextAnswer_serverGetsRequest() throws IOException {
        try (Socket client = connect()) {
            assertEquals(7, echo(client, 7));
            proxy.loseNextAnswer();
            assertEquals(-1, echo(client, 8));
        }
        assertEquals(2, received.get());
        try (Socket client = connect()) {
            assertEquals(9, echo(client, 9));
        }
    }

    @Test
    void close_endsConnections() throws IOException {
        try (Socket client = connect()) {
            assertEquals(7, echo(client, 7));
            proxy.close();
            assertEquals(-1, echo(client, 8));
        }
    }
}
