package io.ipam.store.etcd;

import static java.util.Objects.requireNonNull;

import io.grpc.Channel;
import io.grpc.Deadline;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import io.ipam.store.UnstorableException;
import java.util.List;

/**
 * One session with one realm in etcd 3.4 or later.
 *
 * <pre>{@code
 * ManagedChannel channel = Grpc.newChannelBuilder("etcd:2379", credentials).disableRetry().build();
 * Ipam ipam = Ipam.open(EtcdStore.of(channel, "default"), settings);
 * }</pre>
 *
 * <p>A commit is one transaction of etcd, which is sent once. Reads are linearizable. The channel
 * belongs to the caller, and may serve any number of sessions. Configure the addresses, TLS, and
 * the credentials in it. It should have a keep-alive time and no retries.
 *
 * <p>Cost: a commit makes one round trip, a load one per 10,000 keys. Thread safety: as {@link
 * StateStore} states.
 */
public final class EtcdStore implements StateStore {
    private final EtcdStoreSettings settings;
    private final Keys keys;
    private final EtcdCalls calls;
    private final LogReader log;
    private final HeadWatch watch;
    private final Turn turn;
    private final SeenCoolDown coolDown = new SeenCoolDown();

    private EtcdStore(Channel channel, String realm, EtcdStoreSettings settings) {
        this.settings = requireNonNull(settings, "settings");
        this.keys = Keys.of(settings.prefix(), realm);
        this.calls = new EtcdCalls(requireNonNull(channel, "channel"), settings.callLimit());
        this.log = new LogReader(keys);
        this.watch = new HeadWatch(calls, keys.head());
        this.turn = new Turn(calls, keys, watch);
    }

    /**
     * Makes a session with the default settings. It connects at its first call.
     *
     * @param channel the channel to etcd, which is not closed by the session
     * @param realm the realm: 1 to 63 ASCII letters, digits, dots, underscores and hyphens, the
     *     first of them a letter or digit
     * @return the session
     */
    public static EtcdStore of(Channel channel, String realm) {
        return of(channel, realm, EtcdStoreSettings.defaults());
    }

    /**
     * Makes a session. It connects at its first call.
     *
     * @param channel the channel to etcd, which is not closed by the session
     * @param realm the realm, as for {@link #of(Channel, String)}
     * @param settings the settings
     * @return the session
     */
    public static EtcdStore of(Channel channel, String realm, EtcdStoreSettings settings) {
        return new EtcdStore(channel, realm, settings);
    }

    @Override
    public Image load() {
        leaveQueue();
        EtcdImage image = EtcdImage.load(calls, keys);
        coolDown.read(image.realm());
        return image;
    }

    @Override
    public News newsAfter(Head known) {
        leaveQueue();
        Txn read = Txn.read(log.get(requireNonNull(known, "known")));
        Txn.Result result = calls.read("read the commits of " + keys.root(), read);
        return shown(log.news(known, result.ranges().get(0).pairs()));
    }

    /** Waits for the turn of this process if others wait for theirs. */
    @Override
    public News newsBeforeCommit(Head known) {
        Deadline deadline = calls.deadline();
        Txn.Result found = turn.look(requireNonNull(known, "known"), deadline);
        Txn.Result last = turn.await(known, found, deadline);
        return shown(log.news(known, last.ranges().get(1).pairs()));
    }

    private News shown(News news) {
        coolDown.read(news);
        watch.read(news instanceof News.Since since ? since.commits().size() : 0);
        return news;
    }

    /** The others need not wait for a process that makes another call than a commit. */
    private void leaveQueue() {
        if (turn.hasJoined()) {
            calls.read("leave the turn of " + keys.root(), new Txn(List.of(), List.of(turn.leave()), List.of()));
            turn.left();
        }
    }

    @Override
    public Attempt commit(Head expected, Commit next) {
        if (!next.follows(requireNonNull(expected, "expected"))) {
            throw new IllegalArgumentException("commit of " + next.head() + " must follow " + expected);
        }
        int operations = next.changes().stream().mapToInt(this::operations).sum();
        if (operations > operationsPerCommit()) {
            throw new UnstorableException(
                    "cannot commit " + operations + " operations; the maximum is " + operationsPerCommit());
        }
        CommitRows rows = new CommitRows(keys, next.changes(), coolDown.exists());
        Attempt attempt = new CommitCall(calls, keys, turn, rows, expected, next).run();
        if (attempt instanceof Attempt.Moved moved) {
            shown(moved.news());
        } else {
            coolDown.read(next);
            watch.read(1);
        }
        return attempt;
    }

    @Override
    public void trim(Head head) {
        leaveQueue();
        new Trimming(calls, keys, settings).trim(requireNonNull(head, "head"));
    }

    @Override
    public int operationsPerCommit() {
        return settings.operationsPerTransaction() - CommitCall.FIXED_OPERATIONS;
    }

    @Override
    public int operations(Change change) {
        return CommitRows.count(requireNonNull(change, "change"), coolDown.exists());
    }

    /**
     * Watches the head. The callback runs on a thread of the channel, or ten times a second on a
     * common one.
     */
    @Override
    public AutoCloseable follow(Runnable hint) {
        return watch.follow(requireNonNull(hint, "hint"));
    }

    /** Ends running calls and watches. The channel stays open. */
    @Override
    public void close() {
        calls.close();
        watch.stop();
    }
}
