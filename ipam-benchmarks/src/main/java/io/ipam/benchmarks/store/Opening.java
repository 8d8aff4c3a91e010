package io.ipam.benchmarks.store;

import static io.ipam.benchmarks.store.Finding.number;

import io.ipam.benchmarks.contest.Samples;
import io.ipam.store.Entry;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Goal 13: opening a large realm, and the memory of its replica. Thread safety: none. */
final class Opening {
    private static final String REALM = "large";
    private static final double MOST_TIME = 2.5;
    private static final double MOST_BYTES = 280;
    private static final int ROUNDS = 3;
    private static final int MOST_HELD_H2 = 100_000;
    private static final int ROWS_PER_FETCH = 5_000;

    private final Backend store;
    private final int held;
    private final List<Finding> findings = new ArrayList<>();

    /** H2 writes rows one by one: a million of them would take most of the time of a run. */
    Opening(Backend store, StoreEffort effort) {
        this.store = store;
        this.held = store.kind() == StoreKind.H2 ? Math.min(MOST_HELD_H2, effort.loadHeld()) : effort.loadHeld();
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

    /** Reads the same rows with the driver alone, or with the store if it is no database. */
    private void read() throws SQLException {
        Optional<DataSource> database = store.database();
        if (database.isEmpty()) {
            load();
            return;
        }
        try (Connection connection = database.get().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select address, pool, stateful, namespace, owner, uid, interface,"
                                + " generation, note from ipam_address where realm = ?")) {
            connection.setAutoCommit(false); // Otherwise the driver reads all rows at once.
            statement.setFetchSize(ROWS_PER_FETCH);
            statement.setString(1, REALM);
            int count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count += isComplete(rows) ? 1 : 0;
                }
            }
            connection.rollback();
            verify(count);
        }
    }

    private static boolean isComplete(ResultSet row) throws SQLException {
        boolean isComplete = row.getLong("generation") > 0 && !row.getBoolean("stateful");
        for (String column : List.of("address", "pool", "namespace", "owner", "uid", "interface", "note")) {
            isComplete &= row.getString(column) != null;
        }
        return isComplete;
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
