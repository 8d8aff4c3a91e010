package io.ipam.benchmarks.store;

import static io.ipam.benchmarks.store.Finding.number;

import io.ipam.benchmarks.contest.Samples;
import io.ipam.owner.Owner;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Goal 14: the delay until an idle process sees a commit, and the calls of an idle process. Thread
 * safety: none.
 */
final class Following {
    private static final String REALM = "followed";
    private static final long POLL_NANOS = 200_000;
    private static final double MOST_READS = 1;

    private final Backend store;
    private final StoreEffort effort;
    private final BareCommits bare;
    private final List<Finding> findings = new ArrayList<>();

    Following(Backend store, StoreEffort effort, BareCommits bare) {
        this.store = store;
        this.effort = effort;
        this.bare = bare;
    }

    List<Finding> run() {
        HotPool.create(store.session(REALM), 2);
        List<Member> members = Member.open(store, REALM, 2);
        try {
            delay(members.get(0), members.get(1));
            reads(members.get(1));
        } finally {
            Member.closeAll(members);
        }
        return findings;
    }

    private void delay(Member writer, Member idle) {
        double rate = bare.rate(effort.bareMillis());
        SplittableRandom random = new SplittableRandom(14);
        Workload workload =
                Workload.builder(Owner.stateless("followed", "pod", "uid")).build();
        double[] seconds = new double[effort.followed()];
        for (int i = 0; i < seconds.length; i++) {
            Slices.sleep(random.nextLong(1_000));
            seconds[i] = seconds(writer, idle, workload, i % 2 == 0);
        }
        double interval = Member.SETTINGS.newsInterval().toMillis() / 1e3;
        double p50 = new Samples(seconds).median();
        boolean isHinted = store.kind() == StoreKind.ETCD;
        double judged = isHinted ? p50 * rate : (p50 - interval) * rate;
        String measured =
                "%s, interval %s, r = %s".formatted(number(p50 * 1e3, "ms"), number(interval, "s"), number(rate, "/s"));
        String what = "until an idle process sees a commit, p50" + (isHinted ? "" : " beyond the interval");
        add(what, measured, isHinted ? judged : Math.max(0, judged), "/ r", Finding.Bar.atMost(isHinted ? 3 : 2));
    }

    private static double seconds(Member writer, Member idle, Workload workload, boolean isGrant) {
        if (isGrant) {
            writer.ipam().allocate(workload, HotPool.SELECTIONS).orElseThrow();
        } else {
            writer.ipam().release(workload.owner());
        }
        long committed = System.nanoTime();
        while (idle.ipam().revision() < writer.ipam().revision()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return (System.nanoTime() - committed) / 1e9;
    }

    private void reads(Member idle) {
        int intervals = effort.followed();
        ObservedSession.Calls before = idle.session().calls();
        long started = System.nanoTime();
        Slices.sleep(intervals * Member.SETTINGS.newsInterval().toMillis());
        double passed = (System.nanoTime() - started)
                / 1e6
                / Member.SETTINGS.newsInterval().toMillis();
        ObservedSession.Calls calls = idle.session().calls().minus(before);
        String measured = "%d reads, %d commits".formatted(calls.reads(), calls.attempts());
        double perInterval = Math.max(0, calls.reads() - 1) / passed; // One may belong to the interval before.
        add("reads of an idle process per interval", measured, perInterval, "", Finding.Bar.atMost(MOST_READS));
    }

    private void add(String what, String measured, double judged, String unit, Finding.Bar bar) {
        findings.add(new Finding(14, store.name(), what, measured, judged, unit, bar));
    }
}
