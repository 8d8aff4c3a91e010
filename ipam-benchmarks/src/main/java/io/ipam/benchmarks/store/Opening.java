package io.ipam.benchmarks.store;

import static io.ipam.benchmarks.store.Finding.number;

import io.ipam.benchmarks.contest.Samples;
import io.ipam.store.Entry;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Goal 13: opening a large realm, and the memory of its replica. Thread safety: none. */
final class Opening {
    private static final String REALM = "large";
    private static final double MOST_TIME = 2.5;
    private static final double MOST_BYTES = 280;
    private static final int ROUNDS = 3;
    private static final int MOST_HELD_IF_SLOW = 100_000;

    private final Backend store;
    private final int held;
    private final List<Finding> findings = new ArrayList<>();

    /** H2 writes rows one by one, and etcd 125 keys a commit: a million would take too long. */
    Opening(Backend store, StoreEffort effort) {
        this.store = store;
        this.held = isSlow(store.kind()) ? Math.min(MOST_HELD_IF_SLOW, effort.loadHeld()) : effort.loadHeld();
    }

    private static boolean isSlow(StoreKind kind) {
        return kind == StoreKind.H2 || kind == StoreKind.ETCD;
    }

    List<Finding> run() throws SQLException {
        try (StateStore session = store.session(REALM)) {
            HotPool.create(session, held);
        }
        List<Double> bareTimes = new ArrayList<>();
        List<Double> loadTimes = new ArrayList<>();
        List<Double> openTimes = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            loadTimes.add(seconds(this::load));
            bareTimes.add(seconds(this::read));
            openTimes.add(seconds(() -> Member.open(store, REALM, "p", 0).close()));
            ratios.add(openTimes.get(i) / bareTimes.get(i));
        }
        String size = "%,d held".formatted(held);
        String measured = number(median(openTimes), "s") + " of " + number(median(bareTimes), "s");
        add(
                "opening, " + size + ", of the bare reading of the rows",
                measured,
                median(ratios),
                "x",
                Finding.Bar.atMost(MOST_TIME));
        String load = number(median(loadTimes), "s");
        add("part of it: load() of the store", load, median(loadTimes) / median(bareTimes), "x", Finding.Bar.none());
        if (store.kind() != StoreKind.H2) { // Its caches are in the same heap.
            replica(size);
        }
        return findings;
    }

    private void replica(String size) {
        long before = usedHeap();
        Member member = Member.open(store, REALM, "p", 0);
        double bytes = (double) (usedHeap() - before) / held;
        member.close();
        String what = "replica per held address, " + size;
        add(what, number(bytes * held / (1 << 20), "MiB"), bytes, "B", Finding.Bar.atMost(MOST_BYTES));
    }

    /** The heap after a collection. */
    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void load() {
        try (StateStore session = store.session(REALM);
                Image image = session.load()) {
            int count = 0;
            for (Iterator<Entry> entries = image.entries(); entries.hasNext(); ) {
                count += entries.next() instanceof Entry.Held ? 1 : 0;
            }
            verify(count);
        }
    }

    /** Reads the same rows with the product's client, or with the store if it has none. */
    private void read() throws SQLException {
        Optional<PlainClient> plain = store.plainClient();
        if (plain.isEmpty()) {
            load();
            return;
        }
        try (PlainClient client = plain.get()) {
            verify(client.readHeld(REALM));
        }
    }

    private void verify(int count) {
        if (count != held) {
            throw new IllegalStateException("read " + count + " held addresses, not " + held);
        }
    }

    /** Something that is timed. */
    private interface Work {
        void run() throws SQLException;
    }

    private static double seconds(Work work) throws SQLException {
        long started = System.nanoTime();
        work.run();
        return (System.nanoTime() - started) / 1e9;
    }

    private static double median(List<Double> values) {
        return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray()).median();
    }

    private void add(String what, String measured, double judged, String unit, Finding.Bar bar) {
        findings.add(new Finding(13, store.name(), what, measured, judged, unit, bar));
    }
}
