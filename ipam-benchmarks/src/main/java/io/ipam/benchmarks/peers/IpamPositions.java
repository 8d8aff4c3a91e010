package io.ipam.benchmarks.peers;

import io.ipam.bitmap.Bitmap;
import io.ipam.number.Position;
import java.util.BitSet;

/** ipam's bitmap, in the form that ipam chooses for the size. */
public final class IpamPositions implements LowestFree {
    private final Position cursor = new Position();
    private Bitmap bitmap = Bitmap.ofNothing();

    @Override
    public String name() {
        return "ipam bitmap";
    }

    @Override
    public void load(int size, BitSet held) {
        bitmap = Bitmap.covering(0, size - 1);
        for (int i = held.nextSetBit(0); i >= 0; i = held.nextSetBit(i + 1)) {
            bitmap.set(0, i);
        }
    }

    @Override
    public long takeAndReturn(int operations) {
        long sum = 0;
        long before = take();
        for (int i = 0; i < operations; i++) {
            long taken = take();
            give((int) before);
            before = taken;
            sum += taken;
        }
        give((int) before);
        return sum;
    }

    @Override
    public long churn(int[] victims, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            give(victims[i & (victims.length - 1)]);
            sum += take();
        }
        return sum;
    }

    @Override
    public long fill(int size) {
        load(size, new BitSet());
        long taken = 0;
        while (take() >= 0) {
            taken++;
        }
        return taken;
    }

    /** The lowest free position, now held; -1 if there is none. */
    private long take() {
        return bitmap.setLowestClear(cursor) ? cursor.low() : -1;
    }

    private void give(int position) {
        bitmap.clear(0, position);
    }

    @Override
    public Object state() {
        return bitmap;
    }
}
