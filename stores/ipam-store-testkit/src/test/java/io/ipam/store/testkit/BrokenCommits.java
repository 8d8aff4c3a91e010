package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.util.List;

/** Sessions whose commits break a guarantee. */
final class BrokenCommits {
    private BrokenCommits() {}

    static StateStore ignoringId(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                Head head = head();
                return head.revision() == expected.revision()
                        ? session.commit(head, new Commit(next.head(), head.id(), next.changes()))
                        : session.commit(expected, next);
            }
        };
    }

    static StateStore ignoringHead(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                return append(next);
            }
        };
    }

    static StateStore losingGuard(StateStore session, Class<? extends Change> kind) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                try {
                    return session.commit(expected, next);
                } catch (CorruptStoreException e) {
                    List<Change> rest = next.changes().stream()
                            .filter(change -> !kind.isInstance(change))
                            .toList();
                    if (rest.size() == next.changes().size()) {
                        throw e;
                    }
                    return session.commit(expected, new Commit(next.head(), next.before(), rest));
                }
            }
        };
    }

    static StateStore withoutAtomicity(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                try {
                    return session.commit(expected, next);
                } catch (CorruptStoreException e) {
                    for (Change change : next.changes()) {
                        session.commit(expected, new Commit(next.head(), next.before(), List.of(change)));
                        break;
                    }
                    throw e;
                }
            }
        };
    }

    static StateStore doneTwice(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                session.commit(expected, next);
                return new Attempt.Done();
            }
        };
    }

    static StateStore reusingTrimmedRevisions(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                Attempt attempt = session.commit(expected, next);
                return attempt.equals(new Attempt.Moved(new News.Trimmed()))
                        ? append(new Commit(next.head(), next.before(), List.of()))
                        : attempt;
            }
        };
    }

    static StateStore movedWithoutNews(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                Attempt attempt = session.commit(expected, next);
                return attempt instanceof Attempt.Moved ? new Attempt.Moved(News.Since.NONE) : attempt;
            }
        };
    }

    /** The news of Moved lacks the commit that was sent. */
    static StateStore hidingOwnCommit(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                Attempt attempt = session.commit(expected, next);
                if (attempt instanceof Attempt.Moved moved && moved.news() instanceof News.Since since) {
                    return new Attempt.Moved(new News.Since(since.commits().stream()
                            .filter(commit -> !commit.equals(next))
                            .toList()));
                }
                return attempt;
            }
        };
    }

    /** A commit that is in the log takes effect again when it is sent again. */
    static StateStore applyingAgain(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                Attempt attempt = session.commit(expected, next);
                return attempt instanceof Attempt.Moved && Resend.isDone(attempt, next) ? append(next) : attempt;
            }
        };
    }

    /** Guards are verified before the head. */
    static StateStore guardsFirst(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                Attempt attempt = session.commit(expected, next);
                if (attempt instanceof Attempt.Moved) {
                    Loaded loaded = Loaded.from(session);
                    for (Change change : next.changes()) {
                        if (change instanceof Change.Granted granted
                                && loaded.held(granted.held().address()).isPresent()) {
                            throw new CorruptStoreException("the entry of " + granted + " exists");
                        }
                    }
                }
                return attempt;
            }
        };
    }

    static StateStore brokenAfterCorruption(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                try {
                    return session.commit(expected, next);
                } catch (CorruptStoreException e) {
                    session.close();
                    throw e;
                }
            }
        };
    }

    static StateStore vagueAboutCorruption(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                try {
                    return session.commit(expected, next);
                } catch (CorruptStoreException e) {
                    throw new CorruptStoreException("assertion failed", e);
                }
            }
        };
    }

    static StateStore cuttingLargeCommits(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                try {
                    return session.commit(expected, next);
                } catch (UnstorableException e) {
                    return session.commit(
                            expected,
                            new Commit(
                                    next.head(), next.before(), next.changes().subList(0, operationsPerCommit())));
                }
            }
        };
    }

    static StateStore overstatingLimit(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public int operationsPerCommit() {
                return 2 * session.operationsPerCommit();
            }
        };
    }

    static StateStore freeOfCharge(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public int operations(Change change) {
                return change instanceof Change.AsFound ? 0 : 1;
            }
        };
    }

    static StateStore refusingEmptyCommits(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                if (next.changes().isEmpty()) {
                    throw new UnstorableException("no changes");
                }
                return session.commit(expected, next);
            }
        };
    }

    /** The guard of a pool is that its name is free. */
    static StateStore insertingPoolsOnly(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                for (Change change : next.changes()) {
                    if (change instanceof Change.PoolPut put && put.before().isPresent()) {
                        throw new CorruptStoreException("the entry of " + put.before() + " exists");
                    }
                }
                return session.commit(expected, next);
            }
        };
    }

    /** A connection that broke once is not opened again, but reports that it is available. */
    static StateStore corruptAfterFailure(StateStore session) {
        boolean[] broken = {false};
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                if (broken[0]) {
                    throw new CorruptStoreException("the session has failed before");
                }
                try {
                    return session.commit(expected, next);
                } catch (OutcomeUnknownException | StoreUnavailableException e) {
                    broken[0] = true;
                    throw e;
                }
            }
        };
    }

    /** Reads that fail report that the outcome is not known. */
    static StateStore unknownReads(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public News newsAfter(Head known) {
                try {
                    return session.newsAfter(known);
                } catch (StoreUnavailableException e) {
                    throw new OutcomeUnknownException("the connection broke", e);
                }
            }
        };
    }

    static StateStore understatingLimit(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public int operationsPerCommit() {
                return 1;
            }
        };
    }

    static StateStore unknownAsUnavailable(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                try {
                    return session.commit(expected, next);
                } catch (OutcomeUnknownException e) {
                    throw new StoreUnavailableException("the connection broke", e);
                }
            }
        };
    }

    static StateStore unknownAsDone(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                try {
                    return session.commit(expected, next);
                } catch (OutcomeUnknownException e) {
                    return new Attempt.Done();
                }
            }
        };
    }

    /**
     * The client's library sends a commit again by itself and mistakes its own success for a
     * conflict.
     */
    static StateStore retryingHidden(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                try {
                    return session.commit(expected, next);
                } catch (OutcomeUnknownException e) {
                    Attempt again = session.commit(expected, next);
                    if (again instanceof Attempt.Moved) {
                        throw new CorruptStoreException("the entries exist", e);
                    }
                    return again;
                }
            }
        };
    }

    /** After an unknown outcome the changes are sent as another commit. */
    static StateStore retryingWithNewId(StateStore session) {
        return new ForwardingSession(session) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                try {
                    return session.commit(expected, next);
                } catch (OutcomeUnknownException e) {
                    CommitId id = new CommitId(
                            next.head().id().process(), next.head().id().sequence() + 1_000);
                    return append(RealmWriter.after(expected, id, List.of(new Change.AsFound())));
                }
            }
        };
    }
}
