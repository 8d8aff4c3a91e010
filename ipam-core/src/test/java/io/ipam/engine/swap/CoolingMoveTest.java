package io.ipam.engine.swap;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.state.LedgerContent;
import io.ipam.pool.Pool;
import io.ipam.record.CoolingQueue;
import io.ipam.record.UnpooledCooling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cooling addresses at a catalog update. */
class CoolingMoveTest {
    private static final Pool POOL = v4("a", 1, 4);

    private final UnpooledCooling unpooled = new UnpooledCooling();
    private final Ledger ledger = new Ledger(1, Prefix.parse("10.1.0.0/24"), EngineFixture.settings(1000));

    CoolingMoveTest() {
        CoolingQueue queue = ledger.newCoolingQueue();
        for (String text : List.of("10.1.0.1 10", "10.1.0.2 20", "10.1.0.4 30")) {
            Address address = Address.parse(text.split(" ")[0]);
            queue.add(address.high(), address.low(), CART, Long.parseLong(text.split(" ")[1]));
        }
        PoolBinding binding = new PoolBinding(1, POOL, POOL.addresses(), 0, false);
        ledger.apply(LedgerContent.of(binding, ledger.records(), queue));
    }

    private CoolingMove move() {
        return new CoolingMove(unpooled, 0, 1000);
    }

    private static UnpooledCooling.Unpooled unpooled(String address, long released) {
        return new UnpooledCooling.Unpooled("gone", Address.parse(address), CART, released);
    }

    private static AddressSet addresses(String... ranges) {
        return AddressSet.parse(POOL.family(), List.of(ranges));
    }

    private List<String> entries(CoolingQueue queue) {
        List<String> entries = new ArrayList<>();
        CoolingQueue.Cursor cursor = queue.cursor();
        while (cursor.next()) {
            entries.add(ledger.address(cursor.high(), cursor.low()) + " " + cursor.stampMillis());
        }
        return entries;
    }

    @Test
    void queueFor_nothingMoves_isThePresentQueue() {
        CoolingMove move = move();
        move.takeFrom(ledger, POOL.addresses());
        assertSame(ledger.content().cooling(), move.queueFor(ledger, POOL.addresses()));
        assertSame(unpooled, move.unpooled());
    }

    @Test
    void takeFrom_someAddressesLeave_unpoolsThemInACopy() {
        CoolingMove move = move();
        move.takeFrom(ledger, addresses("10.1.0.1", "10.1.0.4"));
        AddressSet kept = addresses("10.1.0.1", "10.1.0.4");
        assertEquals(List.of("10.1.0.1 10", "10.1.0.4 30"), entries(move.queueFor(ledger, kept)));
        assertEquals(
                List.of(new UnpooledCooling.Unpooled("a", Address.parse("10.1.0.2"), CART, 20)),
                move.unpooled().all());
        assertEquals(List.of(), unpooled.all());
        assertEquals(
                List.of("10.1.0.1 10", "10.1.0.2 20", "10.1.0.4 30"),
                entries(ledger.content().cooling()));
    }

    @Test
    void queueFor_unpooledAddressesReturn_mergesThemByRelease() {
        unpooled.put(unpooled("10.1.0.3", 15));
        unpooled.put(unpooled("10.9.0.1", 16));
        CoolingMove move = move();
        move.takeFrom(ledger, POOL.addresses());
        assertEquals(
                List.of("10.1.0.1 10", "10.1.0.3 15", "10.1.0.2 20", "10.1.0.4 30"),
                entries(move.queueFor(ledger, POOL.addresses())));
        assertNotSame(unpooled, move.unpooled());
        assertEquals(List.of(unpooled("10.9.0.1", 16)), move.unpooled().all());
        assertEquals(2, unpooled.all().size());
    }
}
