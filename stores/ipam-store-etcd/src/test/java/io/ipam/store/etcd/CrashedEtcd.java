package io.ipam.store.etcd;

import io.grpc.ManagedChannel;
import io.ipam.crash.CrashWorker;
import io.ipam.crash.CrashedStore;
import io.ipam.crash.StoreRows;
import io.ipam.store.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Servers of etcd, as an argument of a process: their ports. */
record CrashedEtcd(String text) implements CrashedStore {
    private static final HiddenRetries RETRIES = new HiddenRetries();
    private static final Map<List<Integer>, ManagedChannel> CHANNELS = new ConcurrentHashMap<>();
    private static final int RETRIED = 4;

    static CrashedEtcd of(List<Integer> ports) {
        return new CrashedEtcd(ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    /** A process that works on a realm. It fails if gRPC has repeated a call. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) throws Exception {
            CrashWorker.run(arguments, CrashedEtcd::new);
            closeChannels();
            if (RETRIES.retries() > 0 || RETRIES.calls() == 0) {
                System.err.println(RETRIES.retries() + " of " + RETRIES.calls() + " calls were repeated by gRPC");
                System.exit(RETRIED);
            }
        }
    }

    static void closeChannels() {
        CHANNELS.values().forEach(ManagedChannel::shutdownNow);
        CHANNELS.clear();
    }

    private static ManagedChannel channel(List<Integer> ports) {
        return CHANNELS.computeIfAbsent(ports, key -> LoopbackNames.channelTo(key, RETRIES));
    }

    @Override
    public Class<?> worker() {
        return Worker.class;
    }

    /** Each process prefers another server. */
    @Override
    public StateStore session(String process, String realm) {
        List<Integer> order = new ArrayList<>(ports());
        Collections.rotate(order, process.hashCode());
        EtcdStoreSettings settings = EtcdStoreSettings.defaults().withKept(CrashWorker.KEPT, Duration.ofDays(1));
        return EtcdStore.of(channel(order), realm, settings);
    }

    private List<Integer> ports() {
        return Stream.of(text.split(",")).map(Integer::valueOf).toList();
    }

    @Override
    public StoreRows rows(String realm) {
        return EtcdRows.read(channel(ports()), realm);
    }
}
