package io.ipam.store.etcd;

import io.grpc.ClientInterceptor;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names {@code loopback:///PORT,PORT}, as DNS names with one address per port. */
final class LoopbackNames extends NameResolverProvider {
    private static final LoopbackNames ONLY = new LoopbackNames();

    /** A channel that uses the first server that accepts a connection. */
    static ManagedChannel channelTo(List<Integer> ports, ClientInterceptor... interceptors) {
        NameResolverRegistry.getDefaultRegistry().register(ONLY);
        String names = ports.stream().map(String::valueOf).collect(Collectors.joining(","));
        return Grpc.newChannelBuilder("loopback:///" + names, InsecureChannelCredentials.create())
                .disableRetry()
                .intercept(interceptors)
                .build();
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        List<EquivalentAddressGroup> addresses = Stream.of(
                        target.getPath().substring(1).split(","))
                .map(port -> new EquivalentAddressGroup(new InetSocketAddress("127.0.0.1", Integer.parseInt(port))))
                .toList();
        return new NameResolver() {
            @Override
            public String getServiceAuthority() {
                return "localhost";
            }

            @Override
            public void start(Listener2 listener) {
                listener.onResult(ResolutionResult.newBuilder()
                        .setAddressesOrError(StatusOr.fromValue(addresses))
                        .build());
            }

            @Override
            public void shutdown() {
                // Holds no resources.
            }
        };
    }

    @Override
    public String getDefaultScheme() {
        return "loopback";
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 5;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }
}
