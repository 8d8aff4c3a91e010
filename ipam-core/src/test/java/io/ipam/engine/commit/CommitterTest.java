package io.ipam.engine.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.PassingStore;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Single steps of a committer over batches without addresses. */
class CommitterTest extends CommitterFixture {
    private static final class Alone implements Operation<NoBatch, Boolean> {
        @Override
        public boolean isAlone() {
            return true;
        }

        @Override
        public Boolean decide(NoBatch batch) {
            return true;
        }
    }

    /** The outcome of the first commit is unknown, and another process commits instead. */
    private class Overtaken extends PassingStore {
        private boolean wasCalled;

        Overtaken() {
            super(store.session());
        }

        @Override
        public Attempt commit(Head expected, Commit next) {
            if (!wasCalled) {
                wasCalled = true;
                commitOfAnother(expected);
                throw new OutcomeUnknownException("no answer");
            }
            return super.commit(expected, next);
        }
    }

    @Test
    void step_acceptedCommitDoesNotFit_answersItsCallers() {
        Committer<NoBatch> committer = committer(store.session());
        Call<NoBatch, Boolean> call = add();
        replica.onApply = () -> {
            throw new CorruptStoreException("does not fit");
        };
        committer.step(0);
        assertEquals(Pause.END, committer.step(0));
        assertTrue(call.isAnswered());
        assertEquals(
                "the Ipam stopped (does not fit); the outcome of the request is unknown, repeat it",
                assertThrows(OutcomeUnknownException.class, call::result).getMessage());
        assertEquals(
                List.of("Stopped[cause=io.ipam.store.CorruptStoreException: does not fit]"),
                replica.events.stream().map(Object::toString).toList());
        assertEquals(1, applied, "the event is delivered");
    }

    /** Otherwise the calls that were taken from the inbox would wait for their time limits. */
    @Test
    void step_errorWhileDeciding_answersEveryWaitingCall() {
        Committer<NoBatch> committer = committer(store.session());
        List<Call<NoBatch, ?>> calls =
                List.of(new Call<>(new Plain()), new Call<>(new Verification()), new Call<>(new Plain()));
        calls.forEach(inbox::add);
        assertEquals(Pause.END, committer.step(0));
        for (Call<NoBatch, ?> call : calls) {
            assertTrue(call.isAnswered());
            assertEquals(
                    "a verification is not decided",
                    assertThrows(AssertionError.class, call::result).getMessage());
        }
    }

    @Test
    void step_newsIsEmptyOrCommitIsDone_confirmsTheReplica() {
        Committer<NoBatch> committer = committer(store.session());
        inbox.hint();
        committer.step(100);
        assertEquals(100, replica.confirmedMillis);
        add();
        committer.step(200);
        assertEquals(100, replica.confirmedMillis);
        committer.step(300);
        assertEquals(300, replica.confirmedMillis);
    }

    @Test
    void step_resultWithoutChangesIsConfirmed_confirmsTheReplica() {
        hasNoChanges = true;
        Committer<NoBatch> committer = committer(store.session());
        add();
        committer.step(100);
        assertEquals(Long.MIN_VALUE, replica.confirmedMillis);
        committer.step(200);
        assertEquals(200, replica.confirmedMillis);
    }

    @Test
    void step_realmIsLoadedAgain_confirmsTheReplica() {
        PassingStore session = new PassingStore(store.session()) {
            @Override
            public News newsAfter(Head known) {
                return new News.Trimmed();
            }
        };
        Committer<NoBatch> committer = committer(session);
        inbox.hint();
        committer.step(100);
        committer.step(200);
        assertEquals(200, replica.confirmedMillis);
    }

    /** A page of news may not be the last one. */
    @Test
    void step_newsWasRead_requestsMoreAtOnce() {
        commitOfAnother(replica.head);
        Committer<NoBatch> committer = committer(store.session());
        inbox.hint();
        assertEquals(Pause.untilWork(0), committer.step(100));
        assertEquals(Pause.untilWork(20), committer.step(100));
    }

    /** In a busy realm, each additional request would find more commits. */
    @Test
    void step_newsIsShorterThanBefore_requestsNoMoreAndConfirmsTheReplica() {
        Head last = commitOfAnother(commitOfAnother(replica.head));
        Committer<NoBatch> committer = committer(store.session());
        inbox.hint();
        committer.step(100);
        assertEquals(Long.MIN_VALUE, replica.confirmedMillis);
        committer.step(200);
        Head later = commitOfAnother(last);
        inbox.hint();
        assertEquals(Pause.untilWork(20), committer.step(300));
        assertEquals(later, replica.head);
        assertEquals(300, replica.confirmedMillis);
    }

    @Test
    void step_newsIsRewrite_doesNotConfirmTheReplica() {
        commitOfAnother(commitOfAnother(commitOfAnother(replica.head)));
        PassingStore session = new PassingStore(store.session()) {
            private boolean hasRead;

            @Override
            public News newsAfter(Head known) {
                News news = hasRead ? new News.Since(List.of(rewriteAfter(known))) : super.newsAfter(known);
                hasRead = true;
                return news;
            }

            private Commit rewriteAfter(Head known) {
                Commit next = next(known, new CommitId(8, 9));
                return new Commit(next.head(), next.before(), List.of(new Change.AsFound()));
            }
        };
        Committer<NoBatch> committer = committer(session);
        inbox.hint();
        committer.step(100);
        committer.step(200);
        assertEquals(Committer.Phase.LOADING, committer.phase);
        assertEquals(Long.MIN_VALUE, replica.confirmedMillis);
    }

    @Test
    void step_newsIsNotRead_doesNotConfirmTheReplica() {
        PassingStore session = new PassingStore(store.session()) {
            @Override
            public News newsAfter(Head known) {
                throw new StoreUnavailableException("failed");
            }
        };
        inbox.hint();
        committer(session).step(100);
        assertEquals(Long.MIN_VALUE, replica.confirmedMillis);
    }

    /** Otherwise a catalog update could wait indefinitely behind a stream of requests. */
    @Test
    void step_callThatIsCommittedAlone_isNotOvertaken() {
        Committer<NoBatch> committer = committer(store.session());
        Call<NoBatch, Boolean> first = new Call<>(new Plain());
        Call<NoBatch, Boolean> alone = new Call<>(new Alone());
        Call<NoBatch, Boolean> last = new Call<>(new Plain());
        List.of(first, alone, last).forEach(inbox::add);
        List<List<Boolean>> answered = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            committer.step(0);
            committer.step(0);
            answered.add(List.of(first.isAnswered(), alone.isAnswered(), last.isAnswered()));
        }
        assertEquals(
                List.of(List.of(true, false, false), List.of(true, true, false), List.of(true, true, true)), answered);
    }

    /** After a fail-over the overtaken commit could still take effect. */
    @Test
    void close_requestWasEverSentWithAnUnknownOutcome_isAnsweredAsUnknown() {
        Committer<NoBatch> committer = committer(new Overtaken());
        Call<NoBatch, Boolean> call = add();
        committer.step(0);
        committer.step(0);
        assertEquals(Committer.Phase.UNKNOWN, committer.phase);
        committer.step(1);
        assertEquals(Committer.Phase.IDLE, committer.phase);
        inbox.close();
        assertEquals(Pause.END, committer.step(2));
        assertThrows(OutcomeUnknownException.class, call::result);
    }

    /** The same holds if the committer ends by a failure while the request waits. */
    @Test
    void step_failsAfterAnOvertakenCommitInDoubt_leavesTheOutcomeUnknown() {
        Committer<NoBatch> committer = committer(new Overtaken());
        Call<NoBatch, Boolean> call = add();
        committer.step(0);
        replica.onApply = () -> {
            throw new CorruptStoreException("does not fit");
        };
        committer.step(0);
        assertEquals(Pause.END, committer.step(1));
        OutcomeUnknownException unknown = assertThrows(OutcomeUnknownException.class, call::result);
        assertEquals("does not fit", unknown.getCause().getMessage());
    }

    /** For example, a catalog that is too large is sent while the store restarts. */
    @Test
    void step_unstorableAfterAnUnknownOutcome_isDisplacedAndRefused() {
        List<Commit> sent = new ArrayList<>();
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                sent.add(next);
                if (sent.size() == 1) {
                    throw new OutcomeUnknownException("no answer");
                }
                if (next.head().id().equals(sent.get(0).head().id()) || sent.size() > 3) {
                    throw new UnstorableException("too large");
                }
                return super.commit(expected, next);
            }
        });
        Call<NoBatch, Boolean> call = add();
        for (int i = 0; i < 6; i++) {
            committer.step(i);
        }
        assertThrows(UnstorableException.class, call::result);
        assertEquals(Committer.Phase.IDLE, committer.phase);
        assertEquals(List.of(sent.get(2).head()), List.of(replica.head));
        assertEquals(List.of(sent.get(0), sent.get(0)), sent.subList(0, 2));
    }

    /** The commit of the first attempt arrives before the one that was to displace it. */
    @Test
    void step_displacedCommitTakesEffect_isAnswered() {
        List<Commit> sent = new ArrayList<>();
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                sent.add(next);
                switch (sent.size()) {
                    case 1 -> throw new OutcomeUnknownException("no answer");
                    case 2 -> throw new UnstorableException("too large");
                    default -> store.session().commit(expected, sent.get(0));
                }
                return super.commit(expected, next);
            }
        });
        Call<NoBatch, Boolean> call = add();
        for (int i = 0; i < 4; i++) {
            committer.step(i);
        }
        assertTrue(call.result());
        assertEquals(sent.get(0).head(), replica.head);
    }

    /** A caller that times out and repeats its request must not fill the memory of an outage. */
    @Test
    void step_callersGiveUpDuringAnOutage_areForgotten() {
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                throw new OutcomeUnknownException("no answer");
            }
        });
        add();
        committer.step(0);
        for (int i = 0; i < 10; i++) {
            Call<NoBatch, Boolean> late = new Call<>(new Plain());
            inbox.add(late);
            late.timeOut(1, null);
        }
        committer.step(1);
        assertFalse(inbox.hasCalls());
    }

    /** A stream of foreign commits must not keep a result without changes from its caller. */
    @Test
    void step_othersCommitBeforeTheConfirmation_readsTheNewsBeforeTheNextRound() {
        hasNoChanges = true;
        List<String> reads = new ArrayList<>();
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public News newsAfter(Head known) {
                reads.add("after");
                if (reads.size() == 1) {
                    commitOfAnother(known);
                }
                return super.newsAfter(known);
            }

            @Override
            public News newsBeforeCommit(Head known) {
                reads.add("before commit");
                return super.newsAfter(known);
            }
        });
        Call<NoBatch, Boolean> call = add();
        for (int i = 0; i < 5; i++) {
            committer.step(i);
        }
        assertTrue(call.result());
        assertEquals(List.of("after", "before commit", "after"), reads);
    }

    @Test
    void step_changeThatReplicasCannotFollow_isAnsweredAfterTheLoad() {
        rewrites = true;
        Committer<NoBatch> committer = committer(store.session());
        Call<NoBatch, Boolean> call = add();
        committer.step(0);
        committer.step(1);
        assertEquals(Committer.Phase.LOADING, committer.phase);
        assertFalse(call.isAnswered());
        committer.step(2);
        assertTrue(call.result());
    }

    /** A client library repeats the request by itself, and another process commits meanwhile. */
    @Test
    void step_changeThatReplicasCannotFollowIsSentTwice_isAnsweredAfterTheLoad() {
        rewrites = true;
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                super.commit(expected, next);
                commitOfAnother(next.head());
                return super.commit(expected, next);
            }
        });
        Call<NoBatch, Boolean> call = add();
        committer.step(0);
        committer.step(1);
        assertEquals(Committer.Phase.LOADING, committer.phase);
        committer.step(2);
        assertTrue(call.result());
        assertEquals(3, replica.head.revision());
    }

    @Test
    void step_trimFails_isReportedAndHasNoOtherEffect() {
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                return new Attempt.Done();
            }

            @Override
            public void trim(Head head) {
                throw new IllegalArgumentException("a foreign key");
            }
        });
        replica.head = new Head(999, new CommitId(7, 1), 0, 0, 0);
        add();
        committer.step(0);
        committer.step(1);
        assertEquals(Pause.NONE, committer.step(2));
        assertEquals(
                List.of("TrimFailed[cause=java.lang.IllegalArgumentException: a foreign key]"),
                replica.events.stream().map(Object::toString).toList());
        assertEquals(Committer.Phase.IDLE, committer.phase);
    }

    @Test
    void verify_storeThrowsAnError_answersTheCaller() {
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Image load() {
                throw new StackOverflowError("too deep");
            }
        });
        Call<NoBatch, List<String>> call = addVerification();
        assertEquals(Pause.END, committer.step(0));
        assertTrue(call.isAnswered());
        assertThrows(StackOverflowError.class, call::result);
    }

    @Test
    void verify_callerHasGivenUp_isNotMade() {
        List<String> loads = new ArrayList<>();
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Image load() {
                loads.add("load");
                return super.load();
            }
        });
        Call<NoBatch, List<String>> call = addVerification();
        call.timeOut(1, null);
        committer.step(0);
        assertEquals(List.of(), loads);
    }

    /** The image is of a commit that the store has lost since. */
    @Test
    @Timeout(60)
    void verify_failOverMeanwhile_loadsAndVerifiesAgain() {
        List<String> calls = new ArrayList<>();
        PassingStore failingOver = new PassingStore(store.session()) {
            @Override
            public Image load() {
                Image image = super.load();
                calls.add("load");
                return calls.size() > 1
                        ? image
                        : new PassingImage(image) {
                            @Override
                            public Head head() {
                                return next(super.head(), new CommitId(9, 9)).head();
                            }
                        };
            }
        };
        Committer<NoBatch> committer = committer(failingOver);
        Call<NoBatch, List<String>> call = addVerification();
        committer.step(0);
        assertEquals(Committer.Phase.LOADING, committer.phase);
        committer.step(0);
        committer.step(0);
        assertEquals(List.of(), call.result());
        assertEquals(List.of("load", "load", "load"), calls);
    }

    @Test
    void verify_divergedWhileClosing_answersTheCaller() {
        PassingStore diverged = new PassingStore(store.session()) {
            @Override
            public Image load() {
                return new PassingImage(super.load()) {
                    @Override
                    public Head head() {
                        return next(super.head(), new CommitId(9, 9)).head();
                    }
                };
            }

            @Override
            public News newsAfter(Head known) {
                inbox.close(); // The Ipam is closed while it verifies.
                return new News.Diverged();
            }
        };
        Committer<NoBatch> committer = committer(diverged);
        Call<NoBatch, List<String>> call = addVerification();
        for (int i = 0; i < 10 && !committer.step(i * 50L).equals(Pause.END); i++) {
            assertTrue(i < 9);
        }
        assertThrows(StoreUnavailableException.class, call::result);
    }

    /** Without memory, the replica may be incomplete. */
    @Test
    void step_noMemoryToApplyTheOwnCommit_answersAfterTheLoad() {
        Committer<NoBatch> committer = committer(store.session());
        Call<NoBatch, Boolean> call = add();
        replica.onApply = () -> {
            throw new OutOfMemoryError("no memory");
        };
        committer.step(0);
        committer.step(1);
        assertEquals(Committer.Phase.LOADING, committer.phase);
        assertFalse(call.isAnswered());
        committer.step(2);
        assertTrue(call.result());
        assertEquals(2, replica.head.revision());
    }

    @Test
    void step_noMemoryToApplyNews_loadsTheRealm() {
        Head other = commitOfAnother(replica.head);
        replica.onApply = () -> {
            throw new OutOfMemoryError("no memory");
        };
        Committer<NoBatch> committer = committer(store.session());
        inbox.hint();
        committer.step(0);
        assertEquals(Committer.Phase.LOADING, committer.phase);
        committer.step(0);
        assertEquals(other, replica.head);
    }

    /** The callback delivers the queued events. */
    @Test
    void step_changesTheReplica_runsTheCallback() {
        Committer<NoBatch> committer = committer(store.session());
        add();
        committer.step(0);
        assertEquals(0, applied);
        committer.step(0);
        assertEquals(1, applied);
        commitOfAnother(replica.head);
        inbox.hint();
        committer.step(0);
        assertEquals(2, applied);
    }

    @Test
    void step_realmIsLoadedOrTrimmed_runsTheCallback() {
        replica.head = new Head(999, new CommitId(7, 1), 0, 0, 0);
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                return new Attempt.Done();
            }
        });
        add();
        committer.step(0);
        committer.step(0);
        int before = applied;
        committer.step(0); // Trims the log.
        assertEquals(before + 1, applied);
        inbox.hint();
        committer.step(0); // The store has not reached the head: it has diverged.
        assertEquals(Committer.Phase.LOADING, committer.phase);
        int beforeLoad = applied;
        committer.step(0);
        assertEquals(beforeLoad + 1, applied);
    }

    /** The marked addresses would look taken until the realm is loaded, which an outage delays. */
    @Test
    void step_logTrimmedWhileACommitIsSent_discardsTheBatch() {
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                return new Attempt.Moved(new News.Trimmed());
            }
        });
        Call<NoBatch, Boolean> call = add();
        committer.step(0);
        committer.step(0);
        assertThrows(OutcomeUnknownException.class, call::result);
        assertEquals(1, discarded);
    }

    /** The other history may contain the commit that was overtaken in this one. */
    @Test
    void step_divergedAfterAnOvertakenCommitInDoubt_leavesTheOutcomeUnknown() {
        Committer<NoBatch> committer = committer(new Overtaken() {
            @Override
            public News newsAfter(Head known) {
                return new News.Diverged();
            }
        });
        Call<NoBatch, Boolean> sent = add();
        committer.step(0);
        committer.step(0);
        committer.step(1);
        assertFalse(sent.isAnswered());
        hasNoChanges = true;
        committer.step(2);
        assertEquals(Committer.Phase.CONFIRMING, committer.phase);
        committer.step(2);
        assertEquals(
                "the store has another history; the outcome of the request is unknown, repeat it",
                assertThrows(OutcomeUnknownException.class, sent::result).getMessage());
    }

    /** The load restores all that the calls depend on, so a trimmed log costs them only time. */
    @Test
    void step_trimmedAfterAnOvertakenCommitInDoubt_decidesAgain() {
        Committer<NoBatch> committer = committer(new Overtaken() {
            @Override
            public News newsAfter(Head known) {
                return hasNoChanges ? new News.Trimmed() : super.newsAfter(known);
            }
        });
        Call<NoBatch, Boolean> sent = add();
        committer.step(0);
        committer.step(0);
        committer.step(1);
        hasNoChanges = true;
        committer.step(2);
        committer.step(2);
        assertEquals(Committer.Phase.LOADING, committer.phase);
        hasNoChanges = false;
        for (int i = 0; i < 4; i++) {
            committer.step(3);
        }
        assertTrue(sent.result());
    }

    @Test
    void step_batchIsUnstorable_isHalvedAndDecidedAgain() {
        List<Commit> attempts = new ArrayList<>();
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                attempts.add(next);
                if (attempts.size() == 1) {
                    throw new UnstorableException("too large");
                }
                return super.commit(expected, next);
            }
        });
        List<Call<NoBatch, Boolean>> calls = List.of(add(), add(), add(), add());
        List<List<Boolean>> answered = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            committer.step(0);
            committer.step(0);
            answered.add(calls.stream().map(Call::isAnswered).toList());
        }
        assertEquals(
                List.of(
                        List.of(false, false, false, false),
                        List.of(true, true, false, false),
                        List.of(true, true, true, true)),
                answered);
    }

    /** The image is of a later commit than the replica, and the store has one more meanwhile. */
    @Test
    void verify_replicaIsBehindTheImage_comparesAtTheCommitOfTheImage() {
        Head ofImage = commitOfAnother(replica.head);
        Committer<NoBatch> committer = committer(new PassingStore(store.session()) {
            @Override
            public Image load() {
                Image image = super.load();
                commitOfAnother(ofImage);
                return image;
            }
        });
        Call<NoBatch, List<String>> call = addVerification();
        committer.step(0);
        assertEquals(List.of(), call.result());
        assertEquals(ofImage, replica.head);
        assertEquals(Committer.Phase.IDLE, committer.phase);
    }
}
