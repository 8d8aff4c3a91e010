package io.ipam.simulation;

import io.ipam.allocation.Observation;
import io.ipam.engine.SimulatedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One process: its member while it runs, its clock, and its callers. Thread safety: none. */
final class Process {
    private final int number;
    private final List<Asked> asked = new ArrayList<>();
    private long id;
    private @Nullable SimulatedMember member;
    private @Nullable SimulatedSession session;
    private @Nullable Listener listener;
    private @Nullable Observation observation;
    private boolean isOutdated;
    private long clockOffset;
    private int pausedUntil;
    private boolean isClosing;
    private boolean isExcused;

    Process(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    long id() {
        return id;
    }

    boolean isRunning() {
        return member != null;
    }

    SimulatedMember member() {
        if (member == null) {
            throw new IllegalStateException("process " + number + " does not run");
        }
        return member;
    }

    SimulatedSession session() {
        if (session == null) {
            throw new IllegalStateException("process " + number + " does not run");
        }
        return session;
    }

    Listener listener() {
        if (listener == null) {
            throw new IllegalStateException("process " + number + " does not run");
        }
        return listener;
    }

    void start(long processId, SimulatedMember opened, SimulatedSession itsSession, Listener itsListener) {
        id = processId;
        listener = itsListener;
        isOutdated = false;
        member = opened;
        session = itsSession;
        observation = null;
        isClosing = false;
        isExcused = false;
    }

    /** Ends the process and its callers. */
    void end() {
        asked.forEach(Asked::lose);
        asked.clear();
        member = null;
    }

    boolean isClosing() {
        return isClosing;
    }

    void close() {
        isClosing = true;
        member().close();
    }

    /** Whether its replica may differ from the store because a row was edited. */
    boolean isExcused() {
        return isExcused;
    }

    void excuse() {
        isExcused = true;
    }

    long clock(long now) {
        return now + clockOffset;
    }

    void jump(long millis) {
        clockOffset += millis;
    }

    boolean isPaused(int event) {
        return event < pausedUntil;
    }

    void pauseUntil(int event) {
        pausedUntil = event;
    }

    List<Asked> asked() {
        return asked;
    }

    Optional<Observation> observation() {
        return Optional.ofNullable(observation);
    }

    /** Whether the realm was loaded after the observation. */
    boolean isOutdated() {
        return isOutdated;
    }

    void outdate() {
        isOutdated = true;
    }

    void observe(Observation next) {
        isOutdated = false;
        observation = next;
    }
}
