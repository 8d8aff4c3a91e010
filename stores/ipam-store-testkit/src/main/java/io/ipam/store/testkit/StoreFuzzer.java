package io.ipam.store.testkit;

import static java.util.Objects.requireNonNull;

import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Commits from many sessions at once: random grants, renewals, releases, and pools, conflicts, old
 * heads, commits that are sent again, loads, and lost connections. At the end the log, the entries,
 * and every answer must agree, as {@link HistoryChecker} decides.
 *
 * <pre>{@code
 * StoreFuzzer.of(() -> store.session("fuzz")).withCommits(500).run();
 * }</pre>
 *
 * <p>The seed determines what each session does next, but not how the threads interleave, so a
 * failure may need several runs of its seed. Thread safety: immutable; a run starts threads and
 * ends them.
 */
public final class StoreFuzzer {
    /** The system property that sets the seed of all runs. */
    public static final String SEED_PROPERTY = "ipam.store.seed";

    /** The system property that multiplies the number of commits. */
    public static final String FACTOR_PROPERTY = "ipam.store.factor";

    /** A session, and faults of its connection. */
    interface Peer {
        StateStore session();

        /** Plants a fault that the next call meets, or none. */
        void disturb(SplittableRandom random);
    }

    private final Supplier<StateStore> plain;
    private final Callable<Peer> peers;
    private final int sessions;
    private final int commits;
    private final long seed;

    private StoreFuzzer(Supplier<StateStore> plain, Callable<Peer> peers, int sessions, int commits, long seed) {
        this.plain = plain;
        this.peers = peers;
        this.sessions = sessions;
        this.commits = commits;
        this.seed = seed;
    }

    /**
     * {@return a fuzzer with 4 sessions of 25 commits each, and a new seed, or that of the property
     * {@code ipam.store.seed}}
     *
     * @param opener opens a session with a realm that is not created; every call opens the same
     *     realm. The fuzzer closes the sessions
     */
    public static StoreFuzzer of(Supplier<StateStore> opener) {
        requireNonNull(opener, "opener");
        long seed = Long.getLong(SEED_PROPERTY, ThreadLocalRandom.current().nextLong() >>> 1);
        return new StoreFuzzer(
                opener, () -> undisturbed(opener.get()), 4, 25 * Integer.getInteger(FACTOR_PROPERTY, 1), seed);
    }

    private static Peer undisturbed(StateStore session) {
        return new Peer() {
            @Override
            public StateStore session() {
                return session;
            }

            @Override
            public void disturb(SplittableRandom random) {
                // Its connection cannot be broken.
            }
        };
    }

    /**
     * {@return a fuzzer whose sessions lose requests and answers}
     *
     * @param opener opens a session that can be broken, of the same realm
     */
    public StoreFuzzer withBrokenConnections(Callable<ConnectionContract.BreakableSession> opener) {
        requireNonNull(opener, "opener");
        return new StoreFuzzer(plain, () -> disturbed(opener.call()), sessions, commits, seed);
    }

    private static Peer disturbed(ConnectionContract.BreakableSession broken) {
        return new Peer() {
            @Override
            public StateStore session() {
                return broken.session();
            }

            @Override
            public void disturb(SplittableRandom random) {
                int fault = random.nextInt(10);
                if (fault == 0) {
                    broken.loseNextRequest();
                } else if (fault == 1) {
                    broken.loseNextAnswer();
                }
            }
        };
    }

    /**
     * {@return a fuzzer with another number of sessions}
     *
     * @param count the number, at least 1
     */
    public StoreFuzzer withSessions(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, was " + count);
        }
        return new StoreFuzzer(plain, peers, count, commits, seed);
    }

    /**
     * {@return a fuzzer with another number of commits}
     *
     * @param perSession the number of commits of each session
     */
    public StoreFuzzer withCommits(int perSession) {
        return new StoreFuzzer(plain, peers, sessions, perSession, seed);
    }

    /**
     * {@return a fuzzer with a given seed}
     *
     * @param fixed the seed
     */
    public StoreFuzzer withSeed(long fixed) {
        return new StoreFuzzer(plain, peers, sessions, commits, fixed);
    }

    /**
     * Runs, and verifies the history. The seed is printed.
     *
     * @throws AssertionError if a guarantee is broken; the message names the seed and how to repeat
     *     it
     */
    public void run() {
        System.out.println("StoreFuzzer: -D" + SEED_PROPERTY + "=" + seed + ", " + sessions + " sessions, " + commits
                + " commits each");
        List<String> problems;
        try {
            problems = problems();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(message("a session failed: " + e.getMessage()), e);
        }
        if (!problems.isEmpty()) {
            throw new AssertionError(message(problems.size() + " problems:\n  "
                    + String.join("\n  ", problems.subList(0, Math.min(10, problems.size())))));
        }
    }

    private String message(String failure) {
        return "seed " + seed + ": " + failure + "\nRepeat it with mvn test -Dtest=NAME -D" + SEED_PROPERTY + "=" + seed
                + ", several times, since the threads may interleave differently";
    }

    private List<String> problems() throws Exception {
        CommitHistory history = new CommitHistory();
        List<FuzzSession> running = new ArrayList<>();
        try {
            createRealm(history);
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < sessions; i++) {
                running.add(new FuzzSession(peers.call(), history, random.split(), i));
            }
            Together.run(sessions, i -> () -> {
                running.get(i).commit(commits);
                return true;
            });
        } finally {
            running.forEach(FuzzSession::close);
        }
        return verify(history);
    }

    private void createRealm(CommitHistory history) {
        try (StateStore session = plain.get()) {
            new RealmWriter(history.recording(session)).create();
        }
    }

    private List<String> verify(CommitHistory history) {
        try (StateStore session = plain.get()) {
            StateStore recorded = history.recording(session);
            List<Commit> log = RealmWriter.readNews(recorded, Head.NONE);
            Loaded.from(recorded);
            return HistoryChecker.problems(history, log);
        }
    }
}
