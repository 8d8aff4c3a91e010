package io.ipam.store.etcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls for which gRPC has begun more than one stream. Thread safety: safe. */
final class HiddenRetries implements ClientInterceptor {
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    int retries() {
        return retries.get();
    }

    int calls() {
        return calls.get();
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        calls.incrementAndGet();
        AtomicInteger streams = new AtomicInteger();
        return next.newCall(method, options.withStreamTracerFactory(new ClientStreamTracer.Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
                if (streams.incrementAndGet() > 1) {
                    retries.incrementAndGet();
                }
                return new ClientStreamTracer() {};
            }
        }));
    }
}
