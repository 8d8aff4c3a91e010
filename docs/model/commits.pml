/*
 * The order of commits: processes with replicas, one store, and the failures between them.
 * README.md has the scope, the rules, the names of the states, and the runs of scripts/check-model.
 *
 * A step ends where another process can notice the difference. Deciding reads only the replica, so
 * deciding and the first attempt are one step. A news call and the application of its commit are one
 * step, too.
 */

#ifndef REQUESTS
#define REQUESTS 3      /* requests of all callers together */
#endif
#ifndef SLOTS
#define SLOTS 1         /* callers of one process that can wait together */
#endif
#ifndef CRASHES
#define CRASHES 0       /* kills, each followed by a new start at any later time */
#endif
#ifndef FAILOVERS
#define FAILOVERS 0     /* fail-overs to an older copy of the store */
#endif
#ifndef HANDS
#define HANDS 0         /* rows deleted or inserted by hand */
#endif
#ifndef TRIM
#define TRIM 0          /* 1: the log is trimmed at any time */
#endif
#ifndef CREATORS
#define CREATORS 0      /* processes that create the realm; 0: the realm exists */
#endif
#ifndef RELEASES
#define RELEASES 1      /* 1: callers release as well */
#endif

#define PROCESSES 3
#define REVISIONS (REQUESTS + 3)

/* Owners. OLD holds address 0 from the beginning, or is taken over by the creators. */
#define OLD     3
#define BY_HAND 4

/* A request is its owner, plus RELEASE if it releases. 0: the slot is empty. */
#define RELEASE 8
#define OWNER(ask) ((ask) & 7)

/* The change of one address: the owner that receives it, plus 16 times the owner that loses it. */
#define GRANTED(change)  ((change) & 15)
#define RELEASED(change) ((change) >> 4)

/* Phases of the realm. */
#define NONE   0
#define FILLED 1        /* "loading" in the design: what is taken over is not complete */
#define OPEN   2

mtype = { Loading, Idle, Sent, Confirming, Unknown, Applying, Corrupt };   /* states of a process */
mtype = { Done, Moved, Trimmed, Diverged, Guard };          /* results of an attempt */

typedef Map { byte at[2] }                                  /* the holder of each address; 0: free */

typedef Entry {                                             /* one revision in the log */
    byte id;
    byte change[2];
    byte phase                                              /* the phase that it begins, or NONE */
}

typedef Commit {                                            /* the bytes that are sent; id 0: none */
    byte base;                                              /* the condition: revision .. */
    byte before;                                            /* .. and id of the head */
    byte id;
    byte change[2];
    byte phase;
    bit taking;                                             /* a step of create */
    byte items;                                             /* ghost: the slots of its callers, one bit each */
    bit denied                                              /* ghost: a caller was answered "nothing happened" */
}

typedef Slot {                                              /* a caller that waits */
    byte ask;
    bit sent;                                               /* a commit with it was sent */
    bit answered;                                           /* its caller has an answer (only with a broken rule) */
    bit took;                                               /* ghost: a commit with it is in the order */
    byte seen                                               /* ghost: the facts that were true while it waited */
}

/* The store. */
byte head;                                                  /* revision of the head; 0: no realm */
byte low;                                                   /* the lowest revision in the log */
Entry log[REVISIONS + 1];
Map row;
byte phase;

/* The network: one copy of a commit per process that may arrive at any later time, or never. */
Commit late[PROCESSES];

/* The processes. */
mtype state[PROCESSES];
byte revision[PROCESSES];                                   /* the head of the replica .. */
byte known[PROCESSES];                                      /* .. and its id */
Map replica[PROCESSES];
Commit sent[PROCESSES];
bit creating[PROCESSES];
Slot slots[PROCESSES * SLOTS];

/* Ghosts: they decide nothing. */
Map truth;                                                  /* the fold of all commits in the order */
bit unresolved[PROCESSES];                                  /* an attempt at this head may still land */
bit lost[PROCESSES];                                        /* a fail-over lost the commit that is being applied */
bit asked[PROCESSES];
byte requests, crashes, failovers, hands;

/* Scratch of one step, not a part of the state. */
hidden byte i, j, k, n, fresh, spot, owner, bits, used, waits;
hidden mtype result;

/* Coverage: pan counts how often it passes each mark and prints the counts at its end. */
#ifdef COVERAGE
c_decl {
    enum {
        AnswerGranted, AnswerHeld, AnswerExhausted, AnswerReleased, AnswerNotAllocated,
        AnswerUnknown, Withdrawn, NewsTrimmed, NewsDiverged, MovedByOther, MovedByOwn,
        FlightTrimmed, FlightDiverged, LandedWhileUnknown, LandedForgotten, AppliedForeign,
        LoadCorrupt, GuardCorrupt, BatchOfTwo, WaitsForOwner, WaitsForRelease, ExhaustedInBatch,
        LostAnswer, LostCommit, CreatorStopped, CreatorContinued, TookOver, Opened, TwoHistories,
        MARKS
    };
    static const char *names[] = {
        "AnswerGranted", "AnswerHeld", "AnswerExhausted", "AnswerReleased", "AnswerNotAllocated",
        "AnswerUnknown", "Withdrawn", "NewsTrimmed", "NewsDiverged", "MovedByOther", "MovedByOwn",
        "FlightTrimmed", "FlightDiverged", "LandedWhileUnknown", "LandedForgotten",
        "AppliedForeign", "LoadCorrupt", "GuardCorrupt", "BatchOfTwo", "WaitsForOwner",
        "WaitsForRelease", "ExhaustedInBatch", "LostAnswer", "LostCommit", "CreatorStopped",
        "CreatorContinued", "TookOver", "Opened", "TwoHistories"
    };
    static unsigned long passed[MARKS];
    static void print_reached(void) {
        int mark;
        for (mark = 0; mark < MARKS; mark++) printf("reached %s %lu\n", names[mark], passed[mark]);
    }
}
#define REACHED(mark) c_code { passed[mark]++; }
#else
#define REACHED(mark) skip
#endif

#define HELD_BY(map, o) ((map.at[0] == (o)) -> 1 : ((map.at[1] == (o)) -> 2 : 0))   /* address + 1, or 0 */
#define COUNT(map) ((map.at[0] != 0) + (map.at[1] != 0))
#define SAME(a, b) (a.at[0] == b.at[0] && a.at[1] == b.at[1])
#define FULL(map) (map.at[0] != 0 && map.at[1] != 0)
#define THERE(r, i) ((r) >= low && (r) <= head && log[r].id == (i))
#define VACANT(r) ((r) < low || (r) > head)
#define CURRENT(p) (THERE(revision[p], known[p]) && revision[p] == head)
#define SLOT(p, i) slots[(p) * SLOTS + (i)]
#define BIT(i) (1 << (i))
#define CHANGES(c) (c.change[0] || c.change[1] || c.phase)
#define HAS_EFFECT(c, ask) (((ask) < RELEASE) \
    -> (GRANTED(c.change[0]) == OWNER(ask) || GRANTED(c.change[1]) == OWNER(ask)) \
    : (RELEASED(c.change[0]) == OWNER(ask) || RELEASED(c.change[1]) == OWNER(ask)))

/*
 * The condition of a commit: its predecessor is in the log with its id, and the next revision is vacant.
 * Rule 2: the id as well as the number. Rule 4: the predecessor exists, since a trimmed revision is vacant.
 */
#if defined(BREAK_RULE_2)
#define CONDITION(c) (c.base >= low && c.base <= head && VACANT(c.base + 1))
#elif defined(BREAK_RULE_4)
#define CONDITION(c) (VACANT(c.base + 1))
#else
#define CONDITION(c) (THERE(c.base, c.before) && VACANT(c.base + 1))
#endif

/* Rule 1: a grant finds no row, a release finds the row that it deletes. */
#define ROW_FITS(c, a) ((GRANTED(c.change[a]) == 0 || row.at[a] == 0) \
    && (RELEASED(c.change[a]) == 0 || row.at[a] == RELEASED(c.change[a])))
#ifdef BREAK_RULE_1
#define GUARDS(c) true
#else
#define GUARDS(c) (ROW_FITS(c, 0) && ROW_FITS(c, 1))
#endif

/* ---- ghosts ---- */

/*
 * Adds the facts of now that make an answer true. For an allocation: 1 if nothing is free, 2 or 4 if the
 * owner holds address 0 or 1. For a release: 1 if the owner holds nothing.
 */
inline witness(s) {
    owner = OWNER(s.ask);
    if
    :: s.ask == 0 -> skip
    :: s.ask >= RELEASE -> s.seen = s.seen | (HELD_BY(truth, owner) == 0)
    :: else ->
        bits = HELD_BY(truth, owner);
        s.seen = s.seen | ((bits == 0 && FULL(truth)) -> 1 : 2 * bits)
    fi
}

inline witness_all() {
    for (n : 0 .. PROCESSES * SLOTS - 1) { witness(slots[n]) }
}

/* ---- the store ---- */

/* Rewrites a map by one change. */
inline rewrite(map, entry) {
    for (j : 0 .. 1) {
        if
        :: GRANTED(entry.change[j]) -> map.at[j] = GRANTED(entry.change[j])
        :: else -> map.at[j] = (RELEASED(entry.change[j]) -> 0 : map.at[j])
        fi
    }
}

inline clear(c) {
    c.base = 0; c.before = 0; c.id = 0; c.change[0] = 0; c.change[1] = 0;
    c.phase = 0; c.taking = 0; c.items = 0; c.denied = 0
}

inline note_two_histories() {
    skip;
#if FAILOVERS
    for (n : 0 .. PROCESSES - 1) {
        if
        :: revision[n] == head && known[n] != log[head].id -> REACHED(TwoHistories)
        :: else -> skip
        fi
    }
#endif
}

/* One transaction of the store; the safety of the order is asserted here. */
inline land(p, c) {
    if
    :: CONDITION(c) ->
        assert(c.base == head);                                     /* one commit per revision, no gaps */
        assert(hands || c.id != sent[p].id || SAME(replica[p], truth)); /* decided on the state that it changes */
        if
        :: !(GUARDS(c)) -> result = Guard
        :: else ->
            assert(phase == OPEN || c.taking);                      /* nothing is granted while loading (rule 7) */
            assert(c.phase != FILLED || head == 0);                 /* a realm is never replaced (rule 7) */
            assert(c.phase != OPEN || (phase == FILLED && HELD_BY(truth, OLD)));
            assert(!c.denied);                                      /* "nothing happened" was true (rule 3) */
            for (j : 0 .. 1) {
                assert(GRANTED(c.change[j]) == 0 || truth.at[j] == 0);              /* one holder */
                assert(RELEASED(c.change[j]) == 0 || truth.at[j] == RELEASED(c.change[j]))
            }
            assert(ROW_FITS(c, 0) && ROW_FITS(c, 1));               /* a change by hand is detected (rule 1) */
            for (j : 0 .. SLOTS - 1) {
                if
                :: c.items & BIT(j) ->
                    assert(!SLOT(p, j).took);                       /* no request has two effects */
                    SLOT(p, j).took = HAS_EFFECT(c, SLOT(p, j).ask)
                :: else -> skip
                fi
            }
            head++;
            assert(head <= REVISIONS);
            log[head].id = c.id;
            log[head].change[0] = c.change[0];
            log[head].change[1] = c.change[1];
            log[head].phase = c.phase;
            phase = (c.phase -> c.phase : phase);
            rewrite(row, c);
            rewrite(truth, c);
            assert(truth.at[0] == 0 || truth.at[0] != truth.at[1]); /* one address per owner */
            witness_all();
            note_two_histories();
            result = Done
        fi
    :: else -> result = (c.base < low -> Trimmed : (THERE(c.base, c.before) -> Moved : Diverged))
    fi
}

/* ---- a process ---- */

/* An unused id. Ids are only compared for equality, so an id to which nothing refers counts as new. */
inline draw_id() {
    fresh = 0;
    do
    :: fresh++;
        used = false;
        for (k : 0 .. REVISIONS) { used = used || log[k].id == fresh }
        for (k : 0 .. PROCESSES - 1) {
            used = used || known[k] == fresh || sent[k].id == fresh || sent[k].before == fresh;
            used = used || late[k].id == fresh || late[k].before == fresh
        }
        if
        :: !used -> break
        :: else -> skip
        fi
    od
}

inline vacate(p, i) { /* ends the wait of a caller */
    SLOT(p, i).ask = 0; SLOT(p, i).sent = 0; SLOT(p, i).answered = 0; SLOT(p, i).took = 0; SLOT(p, i).seen = 0;
    sent[p].items = sent[p].items & (255 - BIT(i));
    late[p].items = late[p].items & (255 - BIT(i))
}

inline forget_replica(p) {
    revision[p] = 0; known[p] = 0; replica[p].at[0] = 0; replica[p].at[1] = 0
}

/* Loading: one snapshot of the rows. Rule 1: the head carries the number of held addresses. */
inline load(p) {
    if
#ifndef BREAK_RULE_1_COUNT
    :: COUNT(row) != COUNT(truth) -> assert(hands); REACHED(LoadCorrupt); state[p] = Corrupt
#endif
    :: else ->
        revision[p] = head;
        known[p] = log[head].id;
        replica[p].at[0] = row.at[0];
        replica[p].at[1] = row.at[1];
        state[p] = Idle
    fi
}

/* Applying never chooses: a commit that does not fit the replica is an error (rule 5). */
inline apply(p, entry, r) {
    for (j : 0 .. 1) {
        assert(GRANTED(entry.change[j]) == 0 || replica[p].at[j] == 0);
        assert(RELEASED(entry.change[j]) == 0 || replica[p].at[j] == RELEASED(entry.change[j]))
    }
    rewrite(replica[p], entry);
    known[p] = entry.id;
    revision[p] = r             /* last: entry may be an expression with it */
}

/* AskingNews, then Applying: one commit per call, the shortest news that a store may return. */
inline ask_news(p) {
    if
    :: THERE(revision[p], known[p]) && revision[p] < head ->
        REACHED(AppliedForeign);
        apply(p, log[revision[p] + 1], revision[p] + 1)
    :: THERE(revision[p], known[p]) && revision[p] == head -> skip
    :: else ->
        if
        :: revision[p] < low -> assert(TRIM); REACHED(NewsTrimmed)
        :: else -> assert(failovers); REACHED(NewsDiverged)
        fi;
        outdated(p)
    fi
}

/*
 * Trimmed or Diverged: the process loads again. Each request that was ever sent gets OutcomeUnknown, also
 * one that another id has moved: after a fail-over its late commit may land (rules 2 and 3).
 */
inline outdated(p) {
    for (i : 0 .. SLOTS - 1) {
        if
        :: SLOT(p, i).sent -> REACHED(AnswerUnknown); vacate(p, i)
        :: else -> skip
        fi
    }
    clear(sent[p]);
    unresolved[p] = 0;
    creating[p] = 0;
    forget_replica(p);
    state[p] = Loading
}

/* Deciding: the batch of the callers that wait, on the replica. */
inline decide(p) {
    for (i : 0 .. SLOTS - 1) { assert(!SLOT(p, i).answered) }
    assert(!unresolved[p]);                         /* never twice at one head after a commit was sent (rule 3) */
    sent[p].base = revision[p];
    sent[p].before = known[p];
    draw_id();
    sent[p].id = fresh;
    if
    :: creating[p] ->                               /* create: begin, take over, open (rule 7) */
        sent[p].taking = 1;
        if
        :: revision[p] == 0 -> sent[p].phase = FILLED
        :: revision[p] != 0 && replica[p].at[0] == 0 -> sent[p].change[0] = OLD
        :: else -> sent[p].phase = OPEN
        fi
    :: else ->
        for (i : 0 .. SLOTS - 1) { decide_release(p, i) }
        for (i : 0 .. SLOTS - 1) { decide_allocation(p, i) }
    fi
}

inline decide_release(p, i) {
    owner = OWNER(SLOT(p, i).ask);
    if
    :: SLOT(p, i).ask >= RELEASE ->
        spot = HELD_BY(replica[p], owner);
        once_in_batch(p, i);
        if
        :: !waits && spot -> sent[p].change[spot - 1] = 16 * owner
        :: else -> skip
        fi;
        sent[p].items = sent[p].items | (waits -> 0 : BIT(i))
    :: else -> skip
    fi
}

/* Rule 8: an owner occurs once in a batch, and an address that the batch releases is not granted in it. */
inline decide_allocation(p, i) {
    owner = OWNER(SLOT(p, i).ask);
    if
    :: SLOT(p, i).ask != 0 && SLOT(p, i).ask < RELEASE ->
        once_in_batch(p, i);
        if
        :: waits || HELD_BY(replica[p], owner) -> skip
        :: else ->
            for (j : 0 .. 1) {
#ifdef BREAK_RULE_8
                spot = ((replica[p].at[j] == 0 || RELEASED(sent[p].change[j])) && GRANTED(sent[p].change[j]) == 0);
#else
                spot = (replica[p].at[j] == 0 && sent[p].change[j] == 0);
#endif
                if
                :: spot -> sent[p].change[j] = sent[p].change[j] + owner; break
                :: else -> skip
                fi
            }
            if
            :: !spot && (RELEASED(sent[p].change[0]) || RELEASED(sent[p].change[1])) ->
                waits = 1;
                REACHED(WaitsForRelease)
            :: else -> skip
            fi
        fi;
        sent[p].items = sent[p].items | (waits -> 0 : BIT(i))
    :: else -> skip
    fi
}

inline once_in_batch(p, i) {
    waits = 0;
#ifndef BREAK_RULE_8_OWNER
    for (k : 0 .. SLOTS - 1) {
        if
        :: (sent[p].items & BIT(k)) && OWNER(SLOT(p, k).ask) == owner -> waits = 1; REACHED(WaitsForOwner)
        :: else -> skip
        fi
    }
#endif
}

/* Answering: every caller of the batch, after the replica has applied it or the news were empty. */
inline answer_all(p) {
    for (i : 0 .. SLOTS - 1) {
        if
        :: sent[p].items & BIT(i) -> answer(p, i); vacate(p, i)
        :: else -> skip
        fi
    }
    clear(sent[p]);
    lost[p] = 0
}

/* Each answer states an effect in the order, or a fact that was true while its caller waited (rule 9). */
inline answer(p, i) {
    owner = OWNER(SLOT(p, i).ask);
    bits = HELD_BY(replica[p], owner);
    if
    :: HAS_EFFECT(sent[p], SLOT(p, i).ask) ->
        assert(SLOT(p, i).took || lost[p]);
        if
        :: lost[p] -> REACHED(LostAnswer)
        :: SLOT(p, i).ask < RELEASE -> REACHED(AnswerGranted)
        :: else -> REACHED(AnswerReleased)
        fi
    :: else ->
        assert(!SLOT(p, i).took);
        if
        :: SLOT(p, i).ask >= RELEASE -> REACHED(AnswerNotAllocated); assert(SLOT(p, i).seen)
        :: SLOT(p, i).ask < RELEASE && bits -> REACHED(AnswerHeld); assert(SLOT(p, i).seen & (2 * bits))
        :: else ->
            REACHED(AnswerExhausted);
            assert(SLOT(p, i).seen & 1);
            if
            :: CHANGES(sent[p]) -> REACHED(ExhaustedInBatch)
            :: else -> skip
            fi
        fi
    fi
}

/* A creator that another id has moved stops (rule 7); requests are decided again. */
inline moved_by_other(p) {
    REACHED(MovedByOther);
    clear(sent[p]);
    unresolved[p] = 0;
#ifdef BREAK_RULE_2_SENT
    for (i : 0 .. SLOTS - 1) { SLOT(p, i).sent = 0 }                /* "ours can never land" */
#endif
    if
    :: creating[p] -> REACHED(CreatorStopped); creating[p] = 0; forget_replica(p); state[p] = Loading
    :: else -> apply(p, log[revision[p] + 1], revision[p] + 1); state[p] = Idle
    fi
}

/* The result of an attempt. Rule 3: every Moved is checked for the own id. */
inline receive(p) {
    if
    :: result == Done -> unresolved[p] = 0; state[p] = Applying
    :: result == Moved ->
        if
#ifdef BREAK_RULE_3_OWN_ID
        :: log[sent[p].base + 1].id == sent[p].id && state[p] == Unknown ->
#else
        :: log[sent[p].base + 1].id == sent[p].id ->
#endif
            REACHED(MovedByOwn);
            unresolved[p] = 0;
            state[p] = Applying
        :: else -> moved_by_other(p)
        fi
    :: result == Guard -> assert(hands); REACHED(GuardCorrupt); stop(p)
    :: else ->
        if
        :: result == Trimmed -> assert(TRIM); REACHED(FlightTrimmed)
        :: else -> assert(failovers); REACHED(FlightDiverged)
        fi;
        outdated(p)
    fi
}

inline stop(p) { /* CorruptStoreException to every caller */
    for (i : 0 .. SLOTS - 1) { vacate(p, i) }
    clear(sent[p]);
    unresolved[p] = 0;
    creating[p] = 0;
    forget_replica(p);
    state[p] = Corrupt
}

/* The commit goes out: the first time, or the same bytes again. The network decides. */
inline attempt(p) {
    if
    :: d_step { true -> land(p, sent[p]); receive(p); forget_late() }              /* the answer arrives */
    :: d_step { true -> land(p, sent[p]); unknown(p); forget_late() }              /* the answer is lost */
    :: d_step { true -> land(p, sent[p]); hidden_retry(p); receive(p); forget_late() }
    :: d_step { true -> copy_late(p); unknown(p) }                                 /* the commit is late or lost */
#ifdef BREAK_RULE_3
    :: d_step { state[p] == Unknown -> clear(sent[p]); state[p] = Idle }           /* "unavailable": decides again */
#endif
#ifdef BREAK_RULE_3_SURE
    :: d_step { state[p] == Unknown -> deny(p); clear(sent[p]); unresolved[p] = 0; state[p] = Idle }
#endif
    fi
}

#ifdef BREAK_RULE_3_SURE
inline deny(p) { /* StoreUnavailable of one call, taken for the outcome */
    late[p].denied = (late[p].id == sent[p].id);
    for (i : 0 .. SLOTS - 1) { vacate(p, i) }
}
#endif

inline unknown(p) { unresolved[p] = 1; state[p] = Unknown }

/* The client repeats a commit by itself, so its own success looks like a loss. */
inline hidden_retry(p) { result = (result == Done -> Moved : result) }

inline copy_late(p) {
    late[p].base = sent[p].base; late[p].before = sent[p].before; late[p].id = sent[p].id;
    late[p].change[0] = sent[p].change[0]; late[p].change[1] = sent[p].change[1];
    late[p].phase = sent[p].phase; late[p].taking = sent[p].taking; late[p].items = sent[p].items;
    late[p].denied = sent[p].denied
}

/* A late copy that can never land is dropped, which changes nothing and keeps the states few. */
inline forget_late() {
#ifndef BREAK_RULE_4
    for (n : 0 .. PROCESSES - 1) {
        if
        :: failovers == FAILOVERS && late[n].id && !(CONDITION(late[n])) -> clear(late[n])
        :: else -> skip
        fi
    }
#endif
    skip                                            /* a d_step must not end with a loop */
}

/* The batch leaves the process. */
inline send(p) {
    for (i : 0 .. SLOTS - 1) { SLOT(p, i).sent = SLOT(p, i).sent || ((sent[p].items & BIT(i)) != 0) }
    skip;
#if SLOTS > 1
    if
    :: sent[p].items == 3 -> REACHED(BatchOfTwo)
    :: else -> skip
    fi;
#endif
    skip
}

/* Confirming: a batch without a change is answered if the news, asked for now, are empty (rule 9). */
inline confirm(p) {
    state[p] = Idle;
    if
#ifdef BREAK_RULE_9
    :: true -> answer_all(p)
#else
    :: CURRENT(p) -> answer_all(p)
    :: else -> clear(sent[p]); ask_news(p)
#endif
    fi
}

/* Applying the own commit, then Answering. */
inline apply_own(p) {
    apply(p, sent[p], sent[p].base + 1);
    state[p] = Idle;
    if
    :: sent[p].taking ->
        if
        :: sent[p].phase == OPEN -> REACHED(Opened); creating[p] = 0
        :: sent[p].phase != OPEN && sent[p].change[0] -> REACHED(TookOver)
        :: else -> skip
        fi
    :: else -> skip
    fi;
    answer_all(p)
}

/* A caller stops waiting. Its request is never decided again; its sent commit may still land (rule 3). */
inline time_out(p, i) {
    if
    :: SLOT(p, i).sent ->
#ifdef BREAK_RULE_3_ANSWERED
        SLOT(p, i).answered = 1
#else
        REACHED(AnswerUnknown);
        vacate(p, i)
#endif
    :: else ->
        REACHED(Withdrawn);
        late[p].denied = late[p].denied || (late[p].items & BIT(i));    /* StoreUnavailable: nothing happened */
        vacate(p, i)
    fi
}

/* Memory and callers are gone; a sent commit may still arrive. The new start draws new ids. */
inline crash(p) {
    crashes++;
    for (i : 0 .. SLOTS - 1) { vacate(p, i) }
    clear(sent[p]);
    unresolved[p] = 0;
    lost[p] = 0;
    creating[p] = 0;
    forget_replica(p);
    state[p] = Loading
}

/* Rule 7: create starts with no realm, or continues from the state that an interrupted one left. */
inline begin_create(p) {
    if
    :: phase == FILLED -> REACHED(CreatorContinued)
    :: else -> skip
    fi;
    load(p);
    creating[p] = (state[p] == Idle)
}

/* A request arrives at an idle process. One that arrived earlier would only witness more facts. */
inline arrive(p, what) {
    i = (SLOT(p, 0).ask -> SLOTS - 1 : 0);
    SLOT(p, i).ask = what;
    witness(SLOT(p, i));
    asked[p] = 1;
    requests++
}

/* Processes are alike: they are numbered in the order of their first requests, which keeps the states few. */
#define MAY_ASK(p) (state[p] == Idle && !creating[p] && requests < REQUESTS && SLOT(p, SLOTS - 1).ask == 0 \
    && (CREATORS || p == 0 || asked[p - 1]))
#define WAITING(p) (SLOT(p, 0).ask || creating[p])

proctype Process(byte p) {
end:
    do
#ifdef BREAK_RULE_7
    :: d_step { state[p] == Loading && phase != NONE -> load(p) }
#else
    :: d_step { state[p] == Loading && phase == OPEN -> load(p) }
#endif
    :: d_step { state[p] == Loading && p < CREATORS && phase != OPEN -> begin_create(p) }
    :: d_step { state[p] == Idle && !creating[p] && !CURRENT(p) -> ask_news(p) }
    :: d_step { MAY_ASK(p) -> arrive(p, 1) }
    :: d_step { MAY_ASK(p) -> arrive(p, 2) }
#if RELEASES
    :: d_step { MAY_ASK(p) -> arrive(p, RELEASE + 1) }
    :: d_step { MAY_ASK(p) -> arrive(p, RELEASE + OLD) }
#endif
    :: atomic {
            state[p] == Idle && WAITING(p) ->
                d_step { decide(p); state[p] = (CHANGES(sent[p]) -> Sent : Confirming) };
            if
            :: state[p] == Sent -> d_step { send(p) }; attempt(p)
            :: state[p] == Confirming -> d_step { confirm(p) }
            fi
        }
    :: atomic { state[p] == Unknown -> attempt(p) }
    :: d_step { state[p] == Applying -> apply_own(p) }
    :: d_step { SLOT(p, 0).ask -> time_out(p, 0) }
#if SLOTS > 1
    :: d_step { SLOT(p, 1).ask -> time_out(p, 1) }
#endif
#if CRASHES
    :: d_step { crashes < CRASHES && state[p] != Loading && state[p] != Corrupt -> crash(p) }
#endif
    od
}

/* ---- the surroundings: the network, the trimmer, the operator, the standby ---- */

inline arrive_late(p) {
    if
    :: late[p].id == sent[p].id -> REACHED(LandedWhileUnknown)
    :: else -> REACHED(LandedForgotten)
    fi;
    land(p, late[p]);
    clear(late[p]);
    forget_late()
}

/* Rule 4: a prefix of the log, never the last commit. */
inline trim_log() {
    log[low].id = 0; log[low].change[0] = 0; log[low].change[1] = 0; log[low].phase = 0;
    low++
}

/* The copy lacks the last commits: each is undone. */
inline undo() {
    REACHED(LostCommit);
    for (j : 0 .. 1) {
        if
        :: GRANTED(log[head].change[j]) || RELEASED(log[head].change[j]) ->
            row.at[j] = RELEASED(log[head].change[j]);
            truth.at[j] = RELEASED(log[head].change[j])
        :: else -> skip
        fi
    }
    for (n : 0 .. PROCESSES - 1) {
        if
        :: sent[n].id == log[head].id ->
            for (i : 0 .. SLOTS - 1) { SLOT(n, i).took = 0 }
            lost[n] = (state[n] == Applying)
        :: else -> skip
        fi
    }
    log[head].id = 0; log[head].change[0] = 0; log[head].change[1] = 0;
    head--
}

proctype Surroundings() {
end:
    do
    :: d_step { late[0].id && CONDITION(late[0]) -> arrive_late(0) }
    :: d_step { late[1].id && CONDITION(late[1]) -> arrive_late(1) }
    :: d_step { late[2].id && CONDITION(late[2]) -> arrive_late(2) }
#if TRIM
    :: d_step { low < head -> trim_log() }
#endif
#if FAILOVERS
    :: d_step { failovers < FAILOVERS && head > low -> failovers++; undo(); witness_all(); forget_late() }
    :: d_step { failovers < FAILOVERS && head > low + 1 -> failovers++; undo(); undo(); witness_all(); forget_late() }
#endif
#if HANDS
    :: d_step { hands < HANDS && row.at[0] != 0 -> hands++; row.at[0] = 0 }
    :: d_step { hands < HANDS && row.at[1] != 0 -> hands++; row.at[1] = 0 }
    :: d_step { hands < HANDS && row.at[0] == 0 -> hands++; row.at[0] = BY_HAND }
    :: d_step { hands < HANDS && row.at[1] == 0 -> hands++; row.at[1] = BY_HAND }
#endif
    od
}

init {
    atomic {
#ifdef COVERAGE
        c_code { atexit(print_reached); };
#endif
        d_step {
            for (n : 0 .. PROCESSES - 1) { state[n] = Loading }
#if !CREATORS
            head = 1; low = 1; log[1].id = 1; log[1].change[0] = OLD;
            phase = OPEN; row.at[0] = OLD; truth.at[0] = OLD
#endif
        };
        run Process(0); run Process(1); run Process(2); run Surroundings()
    }
}
