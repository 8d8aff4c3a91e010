package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Sessions whose news, loads, trims, or closing breaks a guarantee. */
final class BrokenReads {
    private BrokenReads() {}

    private static StateStore withNews(StateStore session, UnaryOperator<News> edit) {
        return new ForwardingSession(session) {
            @Override
            public News newsAfter(Head known) {
                return edit.apply(session.newsAfter(known));
            }
        };
    }

    static StateStore skippingCommit(StateStore session) {
        return withNews(
                session,
                news -> news instanceof News.Since since && since.commits().size() > 1
                        ? new News.Since(
                                since.commits().subList(1, since.commits().size()))
                        : news);
    }

    static StateStore staleNews(StateStore session) {
        int[] calls = {0};
        return withNews(session, news -> ++calls[0] % 3 == 0 ? News.Since.NONE : news);
    }

    static StateStore hidingDivergence(StateStore session) {
        return withNews(session, news -> news instanceof News.Diverged ? News.Since.NONE : news);
    }

    private static StateStore withNewsBeforeCommit(StateStore session, UnaryOperator<News> edit) {
        return new ForwardingSession(session) {
            @Override
            public News newsBeforeCommit(Head known) {
                return edit.apply(session.newsBeforeCommit(known));
            }
        };
    }

    static StateStore skippingCommitBeforeCommit(StateStore session) {
        return withNewsBeforeCommit(
                session,
                news -> news instanceof News.Since since && since.commits().size() > 1
                        ? new News.Since(
                                since.commits().subList(1, since.commits().size()))
                        : news);
    }

    static StateStore hidingDivergenceBeforeCommit(StateStore session) {
        return withNewsBeforeCommit(session, news -> news instanceof News.Diverged ? News.Since.NONE : news);
    }

    /** A commit that follows is confirmed, and lost with the transaction of the lock. */
    static StateStore losingCommitOfTurn(StateStore session) {
        boolean[] locked = {false};
        return new ForwardingSession(session) {
            @Override
            public News newsBeforeCommit(Head known) {
                locked[0] = true;
                return session.newsBeforeCommit(known);
            }

            @Override
            public Attempt commit(Head expected, Commit next) {
                boolean inTurn = locked[0];
                locked[0] = false;
                return inTurn ? new Attempt.Done() : session.commit(expected, next);
            }
        };
    }

    /** The lock of the news before a commit ends only with a commit. */
    static UnaryOperator<StateStore> holdingLock() {
        AtomicReference<StateStore> holder = new AtomicReference<>();
        return session -> new ForwardingSession(session) {
            @Override
            public News newsBeforeCommit(Head known) {
                waitForLock();
                holder.set(this);
                return session.newsBeforeCommit(known);
            }

            @Override
            public Attempt commit(Head expected, Commit next) {
                if (expected.exists()) {
                    waitForLock();
                }
                holder.set(null);
                return session.commit(expected, next);
            }

            private void waitForLock() {
                StateStore other = holder.get();
                if (other != null && other != this) {
                    throw new StoreUnavailableException("the realm is locked");
                }
            }
        };
    }

    static StateStore boundlessNews(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public News newsAfter(Head known) {
                News news = session.newsAfter(known);
                return news instanceof News.Since ? new News.Since(RealmWriter.readNews(session, known)) : news;
            }
        };
    }

    private static StateStore withEntries(StateStore session, UnaryOperator<List<Entry>> edit) {
        return new ForwardingSession(session) {
            @Override
            public Image load() {
                return new EditedImage(session.load(), edit);
            }
        };
    }

    static StateStore reversedEntries(StateStore session) {
        return withEntries(session, entries -> {
            Collections.reverse(entries);
            return entries;
        });
    }

    /** The entries are read later than the head. */
    static StateStore withoutSnapshot(StateStore session) {
        return withEntries(session, entries -> Loaded.from(session).entries());
    }

    /** The entries are computed from the log, so that edits are not seen. */
    static StateStore entriesOfLog(StateStore session) {
        return withEntries(
                session,
                entries -> List.copyOf(
                        Fold.of(RealmWriter.readNews(session, Head.NONE)).entries()));
    }

    /** Only the first page of a long result is read. */
    static StateStore firstPageOfEntries(StateStore session) {
        return withEntries(session, entries -> entries.stream().limit(10).toList());
    }

    /** The first image of a session is shown forever. */
    static StateStore cachedLoads(StateStore session) {
        List<Loaded> cache = new ArrayList<>();
        return new ForwardingSession(session) {
            @Override
            public Image load() {
                if (cache.isEmpty()) {
                    cache.add(Loaded.from(session));
                }
                Loaded cached = cache.get(0);
                return new EditedImage(session.load(), entries -> cached.entries()) {
                    @Override
                    public Head head() {
                        return cached.head();
                    }

                    @Override
                    public Optional<Realm> realm() {
                        return cached.realm();
                    }
                };
            }
        };
    }

    static StateStore creatingOnLoad(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Image load() {
                if (!head().exists()) {
                    new RealmWriter(session).create();
                }
                return session.load();
            }
        };
    }

    /** The news begins with the known commit. */
    static StateStore repeatingKnown(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public News newsAfter(Head known) {
                News news = session.newsAfter(known);
                if (known.exists() && news instanceof News.Since since) {
                    List<Commit> commits = new ArrayList<>(since.commits());
                    RealmWriter.readNews(session, Head.NONE).stream()
                            .filter(commit -> commit.head().equals(known))
                            .forEach(commit -> commits.add(0, commit));
                    return new News.Since(commits);
                }
                return news;
            }
        };
    }

    static StateStore closingImageOnce(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Image load() {
                boolean[] closed = {false};
                return new EditedImage(session.load(), entries -> entries) {
                    @Override
                    public void close() {
                        if (closed[0]) {
                            throw new IllegalStateException("the image is closed");
                        }
                        closed[0] = true;
                    }
                };
            }
        };
    }

    static StateStore headOfEmptyImage(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Image load() {
                return new EditedImage(session.load(), entries -> entries) {
                    private boolean read;

                    @Override
                    public Head head() {
                        return read ? super.head() : Head.NONE;
                    }

                    @Override
                    public Iterator<Entry> entries() {
                        read = true;
                        return super.entries();
                    }
                };
            }
        };
    }

    static StateStore losingTerminating(StateStore session) {
        return withEntries(
                session,
                entries -> entries.stream()
                        .map(entry -> entry instanceof Entry.OfReserved of
                                ? new Entry.OfReserved(new ReservedRange(
                                        of.range().name(),
                                        of.range().family(),
                                        of.range().addresses(),
                                        false))
                                : entry)
                        .toList());
    }

    static StateStore coolingInSeconds(StateStore session) {
        return withEntries(
                session,
                entries -> entries.stream()
                        .map(entry -> entry instanceof Entry.Cooling of
                                ? new Entry.Cooling(
                                        of.address(),
                                        of.pool(),
                                        of.lastOwner(),
                                        (of.releasedMillis() - 1) / 1_000 * 1_000)
                                : entry)
                        .toList());
    }

    static StateStore ownersWithoutKind(StateStore session) {
        return withEntries(
                session,
                entries -> entries.stream()
                        .map(entry -> entry instanceof Entry.Held held ? withStatefulOwner(held) : entry)
                        .toList());
    }

    private static Entry withStatefulOwner(Entry.Held held) {
        return new Entry.Held(
                held.address(),
                held.pool(),
                held.owner().map(owner -> Owner.stateful(owner.namespace(), owner.name(), owner.uid())),
                held.interfaceName(),
                held.generation(),
                held.note());
    }

    static StateStore settingsOfDefault(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Image load() {
                return new EditedImage(session.load(), entries -> entries) {
                    @Override
                    public Optional<Realm> realm() {
                        return super.realm().map(realm -> Samples.REALM);
                    }
                };
            }
        };
    }

    static StateStore losingNotes(StateStore session) {
        return withEntries(
                session,
                entries -> entries.stream().map(BrokenReads::withoutNote).toList());
    }

    private static Entry withoutNote(Entry entry) {
        return entry instanceof Entry.Held held
                ? new Entry.Held(held.address(), held.pool(), held.owner(), held.interfaceName(), held.generation(), "")
                : entry;
    }

    static StateStore losingFlags(StateStore session) {
        return withEntries(
                session,
                entries -> entries.stream()
                        .map(entry -> entry instanceof Entry.OfPool of
                                ? new Entry.OfPool(of.pool(), of.detached(), false)
                                : entry)
                        .toList());
    }

    /** An image and news at the same time are an error. */
    static StateStore busyWhileReading(StateStore session) {
        boolean[] open = {false};
        return new ForwardingSession(session) {
            @Override
            public Image load() {
                return new EditedImage(session.load(), entries -> {
                    open[0] = true;
                    return entries;
                });
            }

            @Override
            public News newsAfter(Head known) {
                if (open[0]) {
                    throw new CorruptStoreException("a result is still open");
                }
                return session.newsAfter(known);
            }
        };
    }

    /** A grant leaves the cooling entry of its address. */
    static StateStore keepingCooling(StateStore session) {
        Map<Address, Entry> cooled = new HashMap<>();
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                next.changes().forEach(change -> {
                    if (change instanceof Change.Cooled entry) {
                        cooled.put(entry.cooling().address(), entry.cooling());
                    }
                });
                return session.commit(expected, next);
            }

            @Override
            public Image load() {
                return new EditedImage(session.load(), entries -> {
                    cooled.values().stream()
                            .filter(entry -> !entries.contains(entry))
                            .forEach(entries::add);
                    return entries;
                });
            }
        };
    }

    static StateStore guardingCooling(StateStore session) {
        Set<Address> cooled = new HashSet<>();
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                next.changes().forEach(change -> {
                    if (change instanceof Change.Cooled entry
                            && !cooled.add(entry.cooling().address())) {
                        throw new CorruptStoreException("cooling already: " + entry);
                    }
                });
                return session.commit(expected, next);
            }
        };
    }

    /** Trimming deletes everything. */
    static StateStore trimmingAll(StateStore session) {
        boolean[] trimmed = {false};
        return new ForwardingSession(session) {
            @Override
            public void trim(Head head) {
                session.trim(head);
                trimmed[0] = true;
            }

            @Override
            public News newsAfter(Head known) {
                return trimmed[0] ? new News.Trimmed() : session.newsAfter(known);
            }

            @Override
            public Image load() {
                return new EditedImage(session.load(), entries -> {
                    entries.removeIf(entry -> trimmed[0] && entry instanceof Entry.Cooling);
                    return entries;
                });
            }
        };
    }

    /** Trimming compares times only, so a clock that was ahead stops it. */
    static StateStore trimmingByTime(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public void trim(Head head) {
                if (head.stampMillis() <= System.currentTimeMillis()) {
                    session.trim(head);
                }
            }
        };
    }

    static StateStore neverTrimming(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public void trim(Head head) {
                // The bug: nothing is deleted.
            }
        };
    }

    static StateStore withoutClose(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public void close() {
                // The bug: the session stays open.
            }
        };
    }

    static StateStore closingOnce(StateStore session) {
        boolean[] closed = {false};
        return new ForwardingSession(session) {
            @Override
            public void close() {
                if (closed[0]) {
                    throw new IllegalStateException("the session is closed");
                }
                closed[0] = true;
                session.close();
            }
        };
    }

    static StateStore hintingForever(StateStore session) {
        List<AutoCloseable> registrations = new ArrayList<>();
        return new ForwardingSession(session) {
            @Override
            public AutoCloseable follow(Runnable hint) {
                registrations.add(session.follow(hint));
                return () -> {};
            }
        };
    }
}
