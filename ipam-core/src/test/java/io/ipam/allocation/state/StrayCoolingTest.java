package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.Owner;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StrayCoolingTest {
    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "u");

    private static StrayCooling.Stray stray(String pool, String address, long released) {
        return new StrayCooling.Stray(pool, Address.parse(address), OWNER, released);
    }

    @Test
    void ofTwoTheLaterReleaseCounts() {
        StrayCooling strays = new StrayCooling();
        strays.put(stray("a", "10.0.0.1", 7));
        strays.put(stray("b", "10.0.0.1", 6));
        assertEquals(List.of(stray("a", "10.0.0.1", 7)), strays.all());
        strays.put(stray("c", "10.0.0.1", 7));
        assertEquals(List.of(stray("a", "10.0.0.1", 7)), strays.all());
        strays.put(stray("c", "10.0.0.1", 8));
        assertEquals(List.of(stray("c", "10.0.0.1", 8)), strays.all());
    }

    @Test
    void takesInTheOrderOfRelease() {
        StrayCooling strays = new StrayCooling();
        strays.put(stray("a", "10.0.0.1", 7));
        strays.put(stray("a", "10.0.0.9", 6));
        strays.put(stray("a", "10.0.0.2", 6));
        strays.put(stray("a", "10.0.0.5", 1));
        assertEquals(
                List.of(stray("a", "10.0.0.2", 6), stray("a", "10.0.0.9", 6), stray("a", "10.0.0.1", 7)),
                strays.takeOf(AddressSet.parse(Family.IPV4, List.of("10.0.0.1-10.0.0.4", "10.0.0.9"))));
        assertEquals(List.of(stray("a", "10.0.0.5", 1)), strays.all());
        assertEquals(List.of(), strays.takeOf(AddressSet.empty(Family.IPV6)));
    }

    @Property(tries = 100)
    void behavesAsAMap(@ForAll long seed) {
        Random random = new Random(seed);
        StrayCooling strays = new StrayCooling();
        Map<Address, StrayCooling.Stray> model = new TreeMap<>();
        long now = 0;
        for (int step = 0; step < 300; step++) {
            String address = "10.0.0." + random.nextInt(20);
            if (random.nextInt(3) > 0) {
                StrayCooling.Stray stray = stray("p" + step, address, random.nextInt(50));
                strays.put(stray);
                StrayCooling.Stray old = model.get(stray.address());
                if (old == null || old.releasedMillis() < stray.releasedMillis()) {
                    model.put(stray.address(), stray);
                }
            } else if (random.nextInt(2) == 0) {
                AddressSet set = AddressSet.parse(Family.IPV4, List.of(address, "10.0.0.0-10.0.0.3"));
                List<StrayCooling.Stray> expected = model.values().stream()
                        .filter(stray -> set.contains(stray.address()))
                        .sorted(StrayCooling.BY_RELEASE)
                        .toList();
                expected.forEach(stray -> model.remove(stray.address()));
                assertEquals(expected, strays.takeOf(set));
            } else {
                now = random.nextInt(60);
                long over = now - 10;
                strays.advance(now, 10);
                model.values().removeIf(stray -> stray.releasedMillis() <= over);
            }
            assertEquals(List.copyOf(model.values()), strays.all());
        }
    }
}
