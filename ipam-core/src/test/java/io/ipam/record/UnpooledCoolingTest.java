package io.ipam.record;

import static io.ipam.fixture.Owners.CART;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UnpooledCoolingTest {
    private static UnpooledCooling.Unpooled entry(String pool, String address, long released) {
        return new UnpooledCooling.Unpooled(pool, Address.parse(address), CART, released);
    }

    @Test
    void put_addressHasAnEntry_keepsTheLaterRelease() {
        UnpooledCooling cooling = new UnpooledCooling();
        cooling.put(entry("a", "10.0.0.1", 7));
        cooling.put(entry("b", "10.0.0.1", 6));
        assertEquals(List.of(entry("a", "10.0.0.1", 7)), cooling.all());
        cooling.put(entry("c", "10.0.0.1", 7));
        assertEquals(List.of(entry("a", "10.0.0.1", 7)), cooling.all());
        cooling.put(entry("c", "10.0.0.1", 8));
        assertEquals(List.of(entry("c", "10.0.0.1", 8)), cooling.all());
    }

    @Test
    void takeOf_severalRanges_returnsEarlierReleasesFirst() {
        UnpooledCooling cooling = new UnpooledCooling();
        cooling.put(entry("a", "10.0.0.1", 7));
        cooling.put(entry("a", "10.0.0.9", 6));
        cooling.put(entry("a", "10.0.0.2", 6));
        cooling.put(entry("a", "10.0.0.5", 1));
        assertEquals(
                List.of(entry("a", "10.0.0.2", 6), entry("a", "10.0.0.9", 6), entry("a", "10.0.0.1", 7)),
                cooling.takeOf(AddressSet.parse(Family.IPV4, List.of("10.0.0.1-10.0.0.4", "10.0.0.9"))));
        assertEquals(List.of(entry("a", "10.0.0.5", 1)), cooling.all());
        assertEquals(List.of(), cooling.takeOf(AddressSet.empty(Family.IPV6)));
    }

    @Property(tries = 100)
    void operations_anyOrder_agreeWithAMap(@ForAll long seed) {
        Random random = new Random(seed);
        UnpooledCooling cooling = new UnpooledCooling();
        Map<Address, UnpooledCooling.Unpooled> model = new TreeMap<>();
        long now = 0;
        for (int step = 0; step < 300; step++) {
            String address = "10.0.0." + random.nextInt(20);
            if (random.nextInt(3) > 0) {
                UnpooledCooling.Unpooled entry = entry("p" + step, address, random.nextInt(50));
                cooling.put(entry);
                UnpooledCooling.Unpooled old = model.get(entry.address());
                if (old == null || old.releasedMillis() < entry.releasedMillis()) {
                    model.put(entry.address(), entry);
                }
            } else if (random.nextInt(2) == 0) {
                AddressSet set = AddressSet.parse(Family.IPV4, List.of(address, "10.0.0.0-10.0.0.3"));
                List<UnpooledCooling.Unpooled> expected = model.values().stream()
                        .filter(entry -> set.contains(entry.address()))
                        .sorted(UnpooledCooling.BY_RELEASE)
                        .toList();
                expected.forEach(entry -> model.remove(entry.address()));
                assertEquals(expected, cooling.takeOf(set));
            } else {
                now = random.nextInt(60);
                long over = now - 10;
                cooling.advance(now, 10);
                model.values().removeIf(entry -> entry.releasedMillis() <= over);
            }
            assertEquals(List.copyOf(model.values()), cooling.all());
        }
    }
}
