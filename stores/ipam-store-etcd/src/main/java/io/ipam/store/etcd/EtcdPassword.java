package io.ipam.store.etcd;

import static java.util.Objects.requireNonNull;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors.CheckedForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.TimeUnit;

/**
 * Adds the token of a user with a password to the calls of a channel. Authentication must be
 * enabled in etcd, otherwise every call fails. Use TLS: the password and the token are sent
 * unencrypted.
 *
 * <pre>{@code
 * Grpc.newChannelBuilder("etcd:2379", credentials).intercept(EtcdPassword.of("ipam", password))
 * }</pre>
 *
 * <p>A call without a token obtains one first, in the calling thread. A token becomes invalid after
 * a time, when the servers restart, or when permissions change. Etcd then refuses a call without
 * executing it, the call fails, and the next call obtains another token. An {@code Ipam} repeats
 * its calls, so its callers see no failure.
 *
 * <p>Thread safety: safe. Several channels can share one object.
 */
public final class EtcdPassword implements ClientInterceptor {
    private static final Metadata.Key<String> HEADER = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final int LIMIT_SECONDS = 10;
    private static final String NONE = "";

    private final Login login;
    private volatile String token = NONE;

    private EtcdPassword(Login login) {
        this.login = login;
    }

    /**
     * Makes an interceptor.
     *
     * @param user the name of the user
     * @param password the password
     * @return the interceptor, for {@code ManagedChannelBuilder.intercept}
     */
    public static EtcdPassword of(String user, String password) {
        return new EtcdPassword(new Login(requireNonNull(user, "user"), requireNonNull(password, "password")));
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new CheckedForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            protected void checkedStart(Listener<R> responses, Metadata headers) {
                String used = token(next, options);
                headers.put(HEADER, used);
                delegate().start(new TokenWatch<>(responses, used), headers);
            }
        };
    }

    /** The present token, or a new one. Two threads may obtain one each; neither waits. */
    private String token(Channel channel, CallOptions options) {
        String present = token;
        if (!present.equals(NONE)) {
            return present;
        }
        CallOptions limited =
                options.getDeadline() == null ? options.withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS) : options;
        String obtained = ClientCalls.blockingUnaryCall(channel, Methods.AUTHENTICATE, limited, login);
        token = obtained;
        return obtained;
    }

    /** Discards a token that a server does not accept. */
    private final class TokenWatch<R> extends SimpleForwardingClientCallListener<R> {
        private final String used;

        TokenWatch(ClientCall.Listener<R> responses, String used) {
            super(responses);
            this.used = used;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (isOutdated(status.getCode()) && token.equals(used)) {
                token = NONE; // At worst the token of another thread, which then obtains one more.
            }
            super.onClose(status, trailers);
        }

        /**
         * The second error is reported if the permissions have changed since the token was issued.
         */
        private static boolean isOutdated(Status.Code code) {
            return code == Status.Code.UNAUTHENTICATED || code == Status.Code.INVALID_ARGUMENT;
        }
    }

    /** A name and a password, etcd's {@code AuthenticateRequest}. Its text hides the password. */
    record Login(String user, String password) {
        byte[] bytes() {
            return new MessageWriter().text(1, user).text(2, password).bytes();
        }

        /** The token of an {@code AuthenticateResponse}. */
        static String token(byte[] bytes) {
            MessageReader message = new MessageReader(bytes);
            String token = NONE;
            while (message.next()) {
                token = message.field() == 2 ? message.text() : token;
            }
            return token;
        }

        @Override
        public String toString() {
            return user;
        }
    }
}
