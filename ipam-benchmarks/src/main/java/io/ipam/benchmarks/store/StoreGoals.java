package io.ipam.benchmarks.store;

import static io.ipam.benchmarks.store.Finding.number;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the goals of one store. Thread safety: none. */
public final class StoreGoals {
    /** The first goal. */
    public static final int FIRST = 10;

    /** The last goal. */
    public static final int LAST = 14;

    private final Backend store;
    private final StoreEffort effort;
    private final int only;

    /**
     * Makes a run.
     *
     * @param store the store
     * @param effort the duration
     * @param only the number of the only goal, 0 for all; 12 runs with 10
     */
    public StoreGoals(Backend store, StoreEffort effort, int only) {
        this.store = store;
        this.effort = effort;
        this.only = only;
    }

    /** {@return the findings} */
    public List<Finding> run() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (BareCommits bare = new BareCommits(store.session("bare"))) {
            bare.rate(effort.sliceMillis()); // Warm-up.
            Optional<PlainClient> plain = store.plainClient();
            if (plain.isPresent()) {
                try (PlainClient client = plain.get()) {
                    findings.add(plain(client, bare));
                }
            }
            if (isWanted(10) || isWanted(12)) {
                findings.add(new FullCommits(store, effort, bare).run());
                findings.addAll(new OneProcess(store, effort, bare).run());
            }
            if (isWanted(11) && store.isShared()) {
                findings.addAll(new ManyProcesses(store, effort, bare).run());
            }
            if (isWanted(12) && store.isShared()) {
                findings.addAll(new PacedProcesses(store, effort, bare).run());
            }
            if (isWanted(13)) {
                findings.addAll(new Opening(store, effort).run());
            }
            if (isWanted(14) && store.isShared()) {
                findings.addAll(new Following(store, effort, bare).run());
            }
        }
        return findings;
    }

    private boolean isWanted(int goal) {
        return only == 0 || only == goal;
    }

    private Finding plain(PlainClient client, BareCommits bare) throws SQLException {
        client.rate(effort.bareMillis());
        double plain = client.rate(effort.sliceMillis());
        double r = bare.rate(effort.sliceMillis());
        String measured = "r = " + number(r, "/s") + ", plain " + number(plain, "/s");
        String what = "bare commits, of " + client.text();
        return new Finding(FIRST, store.name(), what, measured, r / plain, "x", Finding.Bar.none());
    }
}
