package io.ipam.benchmarks.store;

import static io.ipam.benchmarks.store.Finding.number;

import io.ipam.Ipam;
import io.ipam.owner.Owner;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Goal 12: many processes with one request a second each. Thread safety: none. */
final class PacedProcesses {
    private static final String REALM = "paced";
    private static final double MOST_P99 = 500;
    private static final double LEAST_BARE = 500;
    private static final int HELD = 1_000;

    private final Backend store;
    private final StoreEffort effort;
    private final BareCommits bare;
    private final AtomicInteger failures = new AtomicInteger();

    PacedProcesses(Backend store, StoreEffort effort, BareCommits bare) {
        this.store = store;
        this.effort = effort;
        this.bare = bare;
    }

    List<Finding> run() {
        HotPool.create(store.session(REALM), HELD);
        List<Member> members = Member.open(store, REALM, effort.processes());
        try {
            double before = bare.rate(effort.bareMillis());
            ObservedSession.Calls callsBefore = ObservedSession.calls(members);
            long[] latencies = requests(members);
            ObservedSession.Calls calls = ObservedSession.calls(members).minus(callsBefore);
            double rate = (before + bare.rate(effort.bareMillis())) / 2;
            double p99 = Callers.Latencies.percentile(latencies, 0.99) / 1e9;
            String measured = "%s of r = %s, %d requests, %d without an answer"
                    .formatted(number(p99 * 1e3, "ms"), number(rate, "/s"), latencies.length, failures.get());
            Finding.Bar bar =
                    rate >= LEAST_BARE || failures.get() > 0 ? Finding.Bar.atMost(MOST_P99) : Finding.Bar.none();
            double judged = failures.get() > 0 ? Double.NaN : p99 * rate;
            String what = members.size() + " processes with a request a second";
            return List.of(
                    new Finding(12, store.name(), "latency p99, " + what, measured, judged, "/ r", bar),
                    new Finding(
                            12,
                            store.name(),
                            what + ", attempts per commit",
                            "%.1f reads per commit".formatted((double) calls.reads() / calls.done()),
                            (double) calls.attempts() / calls.done(),
                            "",
                            Finding.Bar.none()));
        } finally {
            Member.closeAll(members);
        }
    }

    /** Each process has one caller; their turns are spread over the second. */
    private long[] requests(List<Member> members) {
        List<Thread> threads = new ArrayList<>();
        List<Callers.Latencies> latencies = new ArrayList<>();
        long interval = effort.sliceMillis() < 500 ? 50 : 1_000;
        int requests = effort.processes() < 10 ? 2 : 10;
        for (int i = 0; i < members.size(); i++) {
            Callers.Latencies own = new Callers.Latencies();
            Member member = members.get(i);
            long first = interval * i / members.size();
            Thread thread = new Thread(() -> requests(member, own, first, interval, requests));
            latencies.add(own);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return Callers.Latencies.sorted(latencies);
    }

    private void requests(Member member, Callers.Latencies own, long first, long interval, int requests) {
        Workload workload = Workload.builder(Owner.stateless("paced", member.name(), "uid-" + member.name()))
                .build();
        long due = System.nanoTime() + first * 1_000_000;
        for (int i = 0; i < requests; i++) {
            Slices.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            long started = System.nanoTime();
            if (isAnswered(member.ipam(), workload, i % 2 == 0)) {
                own.add(System.nanoTime() - started);
            } else {
                failures.incrementAndGet();
            }
            due += interval * 1_000_000;
        }
    }

    private static boolean isAnswered(Ipam ipam, Workload workload, boolean isGrant) {
        try {
            if (isGrant) {
                ipam.allocate(workload, HotPool.SELECTIONS).orElseThrow();
            } else {
                ipam.release(workload.owner());
            }
            return true;
        } catch (RuntimeException e) {
            System.err.println("request of " + workload.owner() + ": " + e);
            return false;
        }
    }
}
