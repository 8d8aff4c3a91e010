package io.ipam.store.etcd;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The methods of etcd that this module calls. Thread safety: stateless. */
final class Methods {
    static final MethodDescriptor<Txn, Txn.Result> TXN =
            method(MethodType.UNARY, "etcdserverpb.KV/Txn", txn -> txn.message().bytes(), Txn.Result::read);

    /** The request is the key to watch. */
    static final MethodDescriptor<String, WatchEvent> WATCH =
            method(MethodType.BIDI_STREAMING, "etcdserverpb.Watch/Watch", WatchEvent::request, WatchEvent::read);

    /** The response is the token. */
    static final MethodDescriptor<EtcdPassword.Login, String> AUTHENTICATE = method(
            MethodType.UNARY, "etcdserverpb.Auth/Authenticate", EtcdPassword.Login::bytes, EtcdPassword.Login::token);

    private Methods() {}

    private static <Q, R> MethodDescriptor<Q, R> method(
            MethodType type, String name, Function<Q, byte[]> request, Function<byte[], R> response) {
        return MethodDescriptor.<Q, R>newBuilder()
                .setType(type)
                .setFullMethodName(name)
                .setRequestMarshaller(new Form<>(request, bytes -> {
                    throw new IllegalStateException("this client reads no request");
                }))
                .setResponseMarshaller(new Form<>(
                        value -> {
                            throw new IllegalStateException("this client writes no response");
                        },
                        response))
                .build();
    }

    private record Form<T>(Function<T, byte[]> writer, Function<byte[], T> reader)
            implements MethodDescriptor.Marshaller<T> {
        @Override
        public InputStream stream(T value) {
            return new ByteArrayInputStream(writer.apply(value));
        }

        @Override
        public T parse(InputStream stream) {
            try {
                return reader.apply(stream.readAllBytes());
            } catch (IOException | IllegalArgumentException malformed) {
                throw Status.INTERNAL
                        .withDescription("cannot read the response: " + malformed.getMessage())
                        .withCause(malformed)
                        .asRuntimeException();
            }
        }
    }
}
