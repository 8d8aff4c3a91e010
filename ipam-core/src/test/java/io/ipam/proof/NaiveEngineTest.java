package io.ipam.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * In sequential calls, the engine and the naive one have equal results: the sequential
 * specification is correct.
 */
class NaiveEngineTest {
    private static final int CALLS = 60;

    @Test
    void calls_sequential_equalThoseOfTheEngine() {
        for (long seed = 0; seed < 500; seed++) {
            compare(seed);
        }
    }

    private static void compare(long seed) {
        Calls real = new RealEngine();
        Calls naive = new NaiveEngine();
        Random random = new Random(seed);
        List<String> log = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            long call = random.nextLong();
            String expected = call(naive, new Random(call));
            log.add(expected);
            assertEquals(expected, call(real, new Random(call)), () -> "seed " + seed + " " + log);
        }
        assertEquals(List.of(), ((RealEngine) real).ipam.state().verify());
    }

    private static String call(Calls calls, Random random) {
        int who = random.nextInt(4);
        int address = random.nextInt(3);
        String interfaceName = random.nextBoolean() ? "eth0" : "net1";
        return switch (random.nextInt(15)) {
            case 0, 1, 2, 3, 4 -> calls.ask(who, random.nextInt(SmallWorld.WISHES.size()));
            case 5, 6 -> calls.given(who, address);
            case 7 -> calls.release(who);
            case 8 -> calls.releaseInterface(who, interfaceName);
            case 9 -> calls.releaseAddress(who, address, random.nextBoolean());
            case 10 -> calls.swap(random.nextInt(4), random.nextInt(4), random.nextBoolean());
            case 11 -> calls.usage(random.nextBoolean() ? "a" : "b");
            case 12 -> random.nextInt(8) == 0 ? calls.wipe() : calls.usage("b");
            case 13 -> calls.handOver(2 + random.nextInt(2), 2 + random.nextInt(2));
            default -> calls.export();
        };
    }
}
