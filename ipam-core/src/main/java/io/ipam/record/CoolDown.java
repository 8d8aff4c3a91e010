package io.ipam.record;

/** The end of a cool-down. */
public final class CoolDown {
    private CoolDown() {}

    /**
     * {@return whether an address that was released at {@code releasedMillis} has cooled down} The
     * sum does not overflow. If the time is unknown ({@link Long#MIN_VALUE}), no address has cooled
     * down.
     */
    public static boolean isOver(long releasedMillis, long nowMillis, long coolDownMillis) {
        return nowMillis >= Long.MIN_VALUE + coolDownMillis && releasedMillis <= nowMillis - coolDownMillis;
    }
}
