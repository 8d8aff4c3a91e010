package io.ipam.engine.commit;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The delays between the attempts of a failing call: doubled each time, with jitter. Thread safety:
 * none, except {@link #failure}.
 */
final class Backoff {
    private final long firstMillis;
    private final long lastMillis;
    private final SplittableRandom random;
    private long nextMillis;
    private volatile @Nullable Throwable failure;

    Backoff(CommitterSettings settings, long seed) {
        firstMillis = settings.firstBackoffMillis();
        lastMillis = settings.lastBackoffMillis();
        random = new SplittableRandom(seed);
        nextMillis = firstMillis;
    }

    /** Resets the delays after a call that succeeded. */
    void reset() {
        nextMillis = firstMillis;
        failure = null;
    }

    /** The failure since the last success, null if there is none. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** The delay after a failure, between one half and the whole of the present maximum. */
    long next(Throwable cause) {
        failure = cause;
        long most = nextMillis;
        nextMillis = Math.min(lastMillis, nextMillis * 2);
        return most / 2 + random.nextLong(most / 2 + 1);
    }
}
