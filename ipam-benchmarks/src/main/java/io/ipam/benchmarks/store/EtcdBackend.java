package io.ipam.benchmarks.store;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.ipam.store.StateStore;
import io.ipam.store.etcd.EtcdStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Servers of etcd. Each session has a channel of its own to the first server, which may not be the
 * leader. Thread safety: safe.
 */
final class EtcdBackend implements Backend {
    private final String name;
    private final String description;
    private final String target;
    private final AutoCloseable servers;
    private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();

    private EtcdBackend(String name, String description, String target, AutoCloseable servers) {
        this.name = name;
        this.description = description;
        this.target = target;
        this.servers = servers;
    }

    /** Starts servers, which end with the backend. */
    static Backend ofServers(int count) {
        EtcdServers servers = new EtcdServers(count);
        String nodes = count == 1 ? "1 node" : count + " nodes";
        return new EtcdBackend(
                "etcd, " + nodes,
                "etcd %s, %s on this machine, gRPC to the first one".formatted(EtcdServers.version(), nodes),
                servers.target(),
                servers);
    }

    /** The user's server: {@code etcd:HOST:PORT}. */
    static Backend ofUrl(String url) {
        String target = url.substring(url.indexOf(':') + 1);
        return new EtcdBackend("etcd", "etcd at " + target, target, () -> {});
    }

    static ManagedChannel channel(String target) {
        return Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .disableRetry()
                .build();
    }

    @Override
    public StoreKind kind() {
        return StoreKind.ETCD;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public StateStore session(String realm) {
        ManagedChannel channel = channel(target);
        channels.add(channel);
        return EtcdStore.of(channel, realm);
    }

    @Override
    public Optional<PlainClient> plainClient() {
        return Optional.of(new PlainEtcd(target));
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        try {
            servers.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
