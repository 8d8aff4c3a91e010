package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SieveTest {
    @Property(tries = 50)
    void passesOverNothingThatIsThereAndMostOfWhatIsNot(@ForAll long seed) {
        Random random = new Random(seed);
        int capacity = 8 << random.nextInt(6);
        int passedOver = 0;
        int looks = 0;
        while (looks < 20_000) {
            Sieve sieve = new Sieve(capacity);
            List<Long> added = new ArrayList<>();
            for (int i = 0; i < capacity; i++) {
                long hash = random.nextLong();
                sieve.add(hash);
                added.add(hash);
            }
            added.forEach(hash -> assertTrue(sieve.mayHold(hash)));
            for (int i = 0; i < capacity; i++) {
                looks++;
                passedOver += sieve.mayHold(random.nextLong()) ? 0 : 1;
            }
        }
        // Two bits of 256 entries in 2048: 4.9 % are let through.
        double share = (double) passedOver / looks;
        assertTrue(share > 0.93 && share < 0.97, share + " passed over at " + capacity);
    }
}
