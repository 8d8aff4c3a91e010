package io.ipam.engine.state;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.engine.EngineFixture;
import io.ipam.fixture.PlainRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldReaderTest {
    /** A range with fewer addresses than the pool has records is searched address by address. */
    @Test
    void forEachHeldIn_rangeAcrossTheLow64Bits_visitsEveryAddress() {
        EngineFixture fixture =
                new EngineFixture(0, pool("a", "2001:db8::/48", "2001:db8::ffff:ffff:ffff:fffe-2001:db8:0:1::ff"));
        List<PlainRequest.Demand> demands = IntStream.range(0, 6)
                .mapToObj(i -> PlainRequest.demand("eth" + i, PlainRequest.pools(fixture.catalog(), "a")))
                .toList();
        fixture.grant(PlainRequest.of(CART, fixture.catalog(), demands.toArray(PlainRequest.Demand[]::new)));
        AddressSet range = AddressSet.parse(Family.IPV6, List.of("2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::1"));
        List<Address> visited = new ArrayList<>();
        new HeldReader(fixture.state()::active).forEachHeldIn("a", range, (address, owner) -> visited.add(address));
        assertEquals(
                List.of("2001:db8::ffff:ffff:ffff:ffff", "2001:db8:0:1::", "2001:db8:0:1::1"),
                visited.stream().map(Address::toString).toList());
    }
}
