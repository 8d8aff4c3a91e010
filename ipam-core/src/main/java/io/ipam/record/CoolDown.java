package io.ipam.record;

/** The end of a cool-down. */
public final class CoolDown {
    private CoolDown() {}

    /**
     * {@return whether an address that was released at {@code releasedMillis} has cooled down}
     * There is no overflow: nothing has cooled down if the time is unknown, which {@link
     * Long#MIN_VALUE} represents.
     */
    public static boolean isOver(long releasedMillis, long nowMillis, long coolDownMillis) {
        return nowMillis >= Long.MIN_VALUE + coolDownMillis && releasedMillis <= nowMillis - coolDownMillis;
    }
}
