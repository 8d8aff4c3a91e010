package io.ipam.store.testkit;

import io.ipam.store.Change;
import io.ipam.store.SimulatedServer;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.function.UnaryOperator;

/** Stores that break one guarantee, and the tests that must notice each. */
enum PlantedBug {
    IGNORES_ID(BrokenCommits::ignoringId, "commit_sameRevisionOtherId_isDivergedAndChangesNothing"),
    IGNORES_HEAD(
            BrokenCommits::ignoringHead,
            "commit_headMoved_returnsNews",
            "commit_headMoved_changesNothing",
            "commit_revisionAboveHead_isDivergedAndChangesNothing",
            "commit_manySessionsAtOneHead_oneIsDone",
            "commit_afterTrimmedHead_isTrimmedAndChangesNothing",
            "commit_afterLostHead_isDivergedAndChangesNothing",
            "fuzz_randomCommits_haveOneOrder"),
    LOSES_GUARD_OF_GRANTS(
            guard(Change.Granted.class),
            "granted_addressHeld_isCorrupt",
            "granted_sameEntryAgain_isCorrupt",
            "granted_entryInsertedOutsideCommits_isCorrupt",
            "commit_oneGuardOfManyFails_changesNothing"),
    LOSES_GUARD_OF_RENEWALS(
            guard(Change.Renewed.class),
            "renewed_addressNotHeld_isCorrupt",
            "renewed_otherGeneration_isCorrupt",
            "renewed_entryDeletedOutsideCommits_isCorrupt"),
    LOSES_GUARD_OF_RELEASES(
            guard(Change.Released.class),
            "released_addressNotHeld_isCorrupt",
            "released_otherGeneration_isCorrupt",
            "releasedWithCooling_otherGeneration_isCorrupt",
            "released_entryDeletedOutsideCommits_isCorrupt",
            "released_generationChangedOutsideCommits_isCorrupt"),
    LOSES_GUARD_OF_POOLS(
            guard(Change.PoolPut.class),
            "poolPut_nameExists_isCorrupt",
            "poolPut_otherDefinitionBefore_isCorrupt",
            "poolPut_otherFlagBefore_isCorrupt",
            "poolPut_absentBefore_isCorrupt"),
    LOSES_GUARD_OF_REMOVED_POOLS(
            guard(Change.PoolGone.class), "poolGone_absent_isCorrupt", "poolGone_otherDefinition_isCorrupt"),
    LOSES_GUARD_OF_RESERVED(
            guard(Change.ReservedPut.class),
            "reservedPut_nameExists_isCorrupt",
            "reservedPut_otherDefinitionBefore_isCorrupt",
            "reservedPut_absentBefore_isCorrupt"),
    LOSES_GUARD_OF_REMOVED_RESERVED(
            guard(Change.ReservedGone.class),
            "reservedGone_absent_isCorrupt",
            "reservedGone_otherDefinition_isCorrupt"),
    LOSES_GUARD_OF_SETTINGS(
            guard(Change.RealmPut.class), "realmPut_realmExists_isCorrupt", "realmPut_otherSettingsBefore_isCorrupt"),
    IS_NOT_ATOMIC(BrokenCommits::withoutAtomicity, "commit_oneGuardOfManyFails_changesNothing"),
    ANSWERS_DONE_TWICE(
            BrokenCommits::doneTwice,
            "commit_manySessionsAtOneHead_oneIsDone",
            "commit_manyCreatorsAtOnce_oneIsDone",
            "commit_afterNoneOfCreatedRealm_isMovedWithFirstCommit",
            "commit_manySessionsInTurns_haveOneOrder",
            "fuzz_randomCommits_haveOneOrder"),
    REUSES_TRIMMED_REVISIONS(
            BrokenCommits::reusingTrimmedRevisions, "commit_afterTrimmedHead_isTrimmedAndChangesNothing"),
    MOVED_WITHOUT_NEWS(
            BrokenCommits::movedWithoutNews, "commit_headMoved_returnsNews", "commit_sentTwice_takesEffectOnce"),
    HIDES_OWN_COMMIT(
            BrokenCommits::hidingOwnCommit,
            "commit_sentTwice_takesEffectOnce",
            "commit_creationSentTwice_takesEffectOnce",
            "reopen_commitSentAgain_takesEffectOnce",
            "fuzz_randomCommits_haveOneOrder"),
    APPLIES_AGAIN(BrokenCommits::applyingAgain, "commit_sentAgainAfterLaterCommits_changesNothing"),
    VERIFIES_GUARDS_FIRST(BrokenCommits::guardsFirst, "commit_headMovedAndGuardWrong_isMoved"),
    IS_BROKEN_AFTER_CORRUPTION(BrokenCommits::brokenAfterCorruption, "corrupt_sessionAfterwards_isUsable"),
    IS_VAGUE_ABOUT_CORRUPTION(BrokenCommits::vagueAboutCorruption, "corrupt_message_namesEntry"),
    CUTS_LARGE_COMMITS(
            BrokenCommits::cuttingLargeCommits, "commit_moreThanOperationsPerCommit_isUnstorableAndChangesNothing"),
    OVERSTATES_LIMIT(BrokenCommits::overstatingLimit, "commit_exactlyOperationsPerCommit_isDone"),
    COUNTS_NO_OPERATIONS(BrokenCommits::freeOfCharge, "operations_everyKind_fitsOneCommit"),
    SKIPS_COMMIT_IN_NEWS(
            BrokenReads::skippingCommit,
            "newsAfter_olderHeads_returnAllCommitsAfterThem",
            "newsAfter_none_returnsLogFromFirstCommit",
            "load_allKindsOfChanges_isFoldOfLog",
            "fuzz_randomCommits_haveOneOrder"),
    SKIPS_COMMIT_BEFORE_COMMIT(
            BrokenReads::skippingCommitBeforeCommit, "newsBeforeCommit_headAndOlderHeads_returnTheSameAsNewsAfter"),
    HIDES_DIVERGENCE_BEFORE_COMMIT(
            BrokenReads::hidingDivergenceBeforeCommit, "newsBeforeCommit_sameRevisionOtherId_isDiverged"),
    LOSES_COMMIT_OF_TURN(
            BrokenReads::losingCommitOfTurn,
            "newsBeforeCommit_commitFollows_isDone",
            "newsBeforeCommit_manySessionsInTurns_haveOneOrder"),
    HOLDS_LOCK_UNTIL_COMMIT(
            BrokenReads.holdingLock(),
            "newsBeforeCommit_anotherCallFollows_othersCommit",
            "newsBeforeCommit_sessionClosed_othersCommit"),
    SHOWS_STALE_NEWS(BrokenReads::staleNews, "newsAfter_everyConfirmedCommit_isShownAtOnce"),
    HIDES_DIVERGENCE(
            BrokenReads::hidingDivergence,
            "newsAfter_sameRevisionOtherId_isDiverged",
            "newsAfter_revisionAboveHead_isDiverged",
            "newsAfter_headOfRealmNotCreated_isDiverged",
            "newsAfter_lostHead_isDiverged",
            "newsAfter_lostHeadWhoseRevisionExistsAgain_isDiverged"),
    SHOWS_BOUNDLESS_NEWS(BrokenReads::boundlessNews, "newsAfter_manyCommits_hasBoundedPages"),
    REVERSES_ENTRIES(BrokenReads::reversedEntries, "load_entries_areInTheStatedOrder"),
    LOADS_WITHOUT_SNAPSHOT(
            BrokenReads::withoutSnapshot,
            "load_openImage_isNotChangedByLaterCommits",
            "load_whileOthersCommit_isOneSnapshot"),
    LOADS_FROM_LOG(BrokenReads::entriesOfLog, "load_afterEdits_showsEntriesAsTheyAre"),
    LOADS_FIRST_PAGE(
            BrokenReads::firstPageOfEntries,
            "load_manyEntries_areAllRead",
            "addresses_lowestAndHighestOfBothFamilies_areKept",
            "commit_exactlyOperationsPerCommit_isDone"),
    LOADS_ONCE(BrokenReads::cachedLoads, "commit_phaseOpened_isShownByLoad", "asFound_changesNoEntry"),
    CREATES_ON_LOAD(BrokenReads::creatingOnLoad, "load_realmNotCreated_isEmpty", "reopen_realmNotCreated_isStillEmpty"),
    REPEATS_KNOWN_COMMIT(BrokenReads::repeatingKnown, "newsAfter_head_isEmpty", "commit_onHead_isShownToOtherSessions"),
    CLOSES_IMAGES_ONCE(BrokenReads::closingImageOnce, "load_imageClosedEarlyAndTwice_nextCallsWork"),
    SHOWS_HEAD_LATE(BrokenReads::headOfEmptyImage, "load_head_isKnownBeforeEntriesAreRead"),
    LOSES_TERMINATING(BrokenReads::losingTerminating, "reservedRanges_bothFamiliesAndTerminating_areKept"),
    COUNTS_COOLING_IN_SECONDS(
            BrokenReads::coolingInSeconds, "cooling_allFields_areKept", "cooling_anyEntry_isNotGuarded"),
    LOSES_KIND_OF_OWNERS(
            BrokenReads::ownersWithoutKind, "owners_sameNameOtherKind_areKept", "commit_afterNone_createsRealm"),
    LOSES_SETTINGS(
            BrokenReads::settingsOfDefault, "realms_extremeSettings_areKept", "guards_entriesAsStated_areAccepted"),
    REFUSES_EMPTY_COMMITS(BrokenCommits::refusingEmptyCommits, "commit_withoutChanges_movesHead"),
    INSERTS_POOLS_ONLY(BrokenCommits::insertingPoolsOnly, "guards_entriesAsStated_areAccepted"),
    UNDERSTATES_LIMIT(BrokenCommits::understatingLimit, "operationsPerCommit_ofStore_isVerifiable"),
    LOSES_NOTES(BrokenReads::losingNotes, "strays_withoutOwnerOrPool_areKept", "texts_longAsKubernetesAllows_areKept"),
    LOSES_FLAGS(BrokenReads::losingFlags, "pools_everyField_isKept", "load_allKindsOfChanges_isFoldOfLog"),
    CANNOT_READ_NEWS_DURING_LOAD(BrokenReads::busyWhileReading, "newsAfter_imageOpen_isAllowed"),
    KEEPS_COOLING_OF_GRANTED(BrokenReads::keepingCooling, "granted_addressCooling_endsCooling"),
    GUARDS_COOLING(BrokenReads::guardingCooling, "cooling_anyEntry_isNotGuarded"),
    TRIMS_ALL(
            BrokenReads::trimmingAll,
            "trim_shortLog_keepsAll",
            "trim_again_keepsLastCommit",
            "trim_state_isNotChanged",
            "trim_expiredCooling_isDeletedAndOthersStay",
            "trim_staleHead_isHarmless"),
    NEVER_TRIMS(
            BrokenReads::neverTrimming,
            "trim_longLog_deletesOldAndKeepsNeeded",
            "trim_commitsWithLaterTime_areBoundedByTheirNumber",
            "trim_expiredCooling_isDeletedAndOthersStay"),
    TRIMS_BY_TIME_ONLY(BrokenReads::trimmingByTime, "trim_commitsWithLaterTime_areBoundedByTheirNumber"),
    DOES_NOT_CLOSE(BrokenReads::withoutClose, "calls_afterClose_areUnavailableAndChangeNothing"),
    CLOSES_ONCE(BrokenReads::closingOnce, "close_twice_isAllowed"),
    HINTS_FOREVER(BrokenReads::hintingForever, "follow_closed_isNotHintedAgain"),
    NORMALISES_TEXT(BrokenValues::normalised, "owners_unusualText_isKept", "reopen_afterCommits_stateAndLogAreEqual"),
    STORES_NULL_FOR_EMPTY(BrokenValues::emptyAsNull, "owners_emptyText_isKept"),
    CUTS_LONG_TEXT(BrokenValues::cut, "texts_longAsKubernetesAllows_areKept"),
    REPLACES_TEXT(BrokenValues::replaced, "texts_thatStoreCannotHold_areUnstorableOrKept"),
    ROUNDS_GENERATIONS(BrokenValues::rounded, "generations_highest_areKept"),
    STORES_UNSIGNED_IDS(BrokenValues::unsignedIds, "heads_extremeIdsAndCounts_areKept"),
    LOSES_LAST_COMMIT_IN_CRASH(
            new SimulatedServer() {
                @Override
                protected boolean isDurable() {
                    return false;
                }
            },
            "crash_confirmedCommits_survive",
            "crash_shownCommits_survive"),
    SHARES_REALMS(
            new SimulatedServer() {
                @Override
                protected String key(String realm) {
                    return realm.substring(0, Math.min(16, realm.length()));
                }
            },
            "realms_oneNameStartsWithOther_areSeparate"),
    REPORTS_UNKNOWN_AS_UNAVAILABLE(
            client(BrokenCommits::unknownAsUnavailable),
            "commit_answerLost_isNotReportedAsFailed",
            "fuzz_lostRequestsAndAnswers_haveOneOrder"),
    REPORTS_UNKNOWN_AS_DONE(
            client(BrokenCommits::unknownAsDone),
            "commit_requestLost_isNotReportedAsDone",
            "fuzz_lostRequestsAndAnswers_haveOneOrder"),
    IS_BROKEN_AFTER_FAILURE(
            client(BrokenCommits::corruptAfterFailure),
            "crash_sessionOfBefore_recovers",
            "commit_answerLostAndOthersCommit_isFoundInNews",
            "commit_otherReleasedGrantOfLostAnswer_isNotCorrupt"),
    REPORTS_READS_AS_UNKNOWN(
            client(BrokenCommits::unknownReads), "newsAndLoad_connectionLost_areUnavailableAndWorkAgain"),
    RETRIES_HIDDEN(client(BrokenCommits::retryingHidden), "commit_answerLost_isNotReportedAsFailed"),
    RETRIES_WITH_NEW_ID(
            client(BrokenCommits::retryingWithNewId),
            "commit_answerLost_isNotReportedAsFailed",
            "commit_requestLost_isNotReportedAsDone");

    private final SimulatedServer server;
    private final List<String> tests;

    PlantedBug(UnaryOperator<StateStore> bug, String... tests) {
        this(
                new SimulatedServer() {
                    @Override
                    protected StateStore server(StateStore session) {
                        return bug.apply(session);
                    }
                },
                tests);
    }

    PlantedBug(SimulatedServer server, String... tests) {
        this.server = server;
        this.tests = List.of(tests);
    }

    SimulatedServer server() {
        return server;
    }

    /** {@return the names of the tests that must fail} */
    List<String> tests() {
        return tests;
    }

    private static UnaryOperator<StateStore> guard(Class<? extends Change> kind) {
        return session -> BrokenCommits.losingGuard(session, kind);
    }

    private static SimulatedServer client(UnaryOperator<StateStore> bug) {
        return new SimulatedServer() {
            @Override
            protected StateStore client(StateStore session) {
                return bug.apply(session);
            }
        };
    }
}
