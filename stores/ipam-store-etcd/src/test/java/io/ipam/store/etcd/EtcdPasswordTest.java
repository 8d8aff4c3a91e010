package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.ipam.store.Head;
import io.ipam.store.StoreUnavailableException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of a user, against a server that accepts the last token that it has issued. */
class EtcdPasswordTest {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private Server server;
    private ManagedChannel channel;
    private volatile Status refusal = Status.UNAUTHENTICATED.withDescription("etcdserver: invalid auth token");

    @BeforeEach
    void start() throws IOException {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .intercept(new Guard())
                .addService(new Users())
                .addService(new Kv())
                .build()
                .start();
        channel = channel(EtcdPassword.of("ipam", "secret"));
    }

    private ManagedChannel channel(EtcdPassword password) {
        return Grpc.newChannelBuilder("localhost:" + server.getPort(), InsecureChannelCredentials.create())
                .disableRetry()
                .intercept(password)
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow();
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    /** Refuses calls without the last token, except those for a token. */
    private final class Guard implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            boolean isLogin = call.getMethodDescriptor().getFullMethodName().endsWith("Authenticate");
            if (isLogin || ("token-" + issued.get()).equals(headers.get(TOKEN))) {
                return next.startCall(call, headers);
            }
            call.close(refusal, new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private final class Users extends AuthGrpc.AuthImplBase {
        @Override
        public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> observer) {
            if (!request.getName().equals("ipam") || !request.getPassword().equals("secret")) {
                observer.onError(Status.INVALID_ARGUMENT
                        .withDescription("etcdserver: authentication failed, invalid user ID or password")
                        .asRuntimeException());
                return;
            }
            observer.onNext(AuthenticateResponse.newBuilder()
                    .setToken("token-" + issued.incrementAndGet())
                    .build());
            observer.onCompleted();
        }
    }

    private final class Kv extends KVGrpc.KVImplBase {
        @Override
        public void txn(TxnRequest request, StreamObserver<TxnResponse> observer) {
            reads.incrementAndGet();
            TxnResponse.Builder response = TxnResponse.newBuilder().setSucceeded(true);
            request.getSuccessList()
                    .forEach(each -> response.addResponsesBuilder().getResponseRangeBuilder());
            observer.onNext(response.build());
            observer.onCompleted();
        }
    }

    private EtcdStore store() {
        return EtcdStore.of(channel, "default");
    }

    @Test
    void call_again_usesTheSameToken() {
        store().newsAfter(Head.NONE);
        store().newsAfter(Head.NONE);
        assertEquals(1, issued.get());
        assertEquals(2, reads.get());
    }

    @Test
    void call_tokenRefused_failsAndNextCallObtainsAnother() {
        for (Status status : new Status[] {
            refusal, Status.INVALID_ARGUMENT.withDescription("etcdserver: revision of auth store is old")
        }) {
            refusal = status;
            store().newsAfter(Head.NONE);
            int before = issued.incrementAndGet(); // The server forgets the token.
            StoreUnavailableException refused =
                    assertThrows(StoreUnavailableException.class, () -> store().newsAfter(Head.NONE));
            assertTrue(refused.getMessage().contains(status.getDescription()), refused.getMessage());
            assertEquals(before, issued.get());
            store().newsAfter(Head.NONE);
            assertEquals(before + 1, issued.get());
        }
    }

    /** The commit was not sent. */
    @Test
    void commit_wrongPassword_changesNothing() {
        channel.shutdownNow();
        channel = channel(EtcdPassword.of("ipam", "wrong"));
        StoreUnavailableException refused = assertThrows(
                StoreUnavailableException.class,
                () -> store().commit(Head.NONE, Facts.after(Head.NONE, 1, Facts.created())));
        assertTrue(refused.getMessage().contains("authentication failed"), refused.getMessage());
        assertEquals(0, reads.get());
    }

    /** The watch has no deadline, and its errors are reported on its own thread. */
    @Test
    void follow_serverAway_throwsNothing() throws Exception {
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        CountDownLatch hints = new CountDownLatch(1);
        store().follow(hints::countDown).close();
        assertEquals(1, hints.getCount());
    }

    @Test
    void toString_ofLogin_hidesThePassword() {
        assertEquals("ipam", new EtcdPassword.Login("ipam", "secret").toString());
    }
}
