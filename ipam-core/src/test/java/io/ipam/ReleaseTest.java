package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.ReleaseResult.HeldByAnother;
import io.ipam.allocation.ReleaseResult.NotAllocated;
import io.ipam.allocation.ReleaseResult.Released;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 5));

    @Test
    void release_ownerOrInterface_releasesItsAddresses() {
        fixture.get(pod("1"), on(of("a"), "eth0", "net1", "net2"));
        assertEquals(1, fixture.ipam.release(pod("1"), "net1").size());
        assertEquals(List.of(new NotAllocated()), fixture.ipam.release(pod("1"), "net1"));
        assertEquals("2 held, 0 cooling, 0 reserved, 3 free", fixture.usage("a"));
        assertEquals(2, fixture.ipam.release(pod("1")).size());
        assertEquals(List.of(new NotAllocated()), fixture.ipam.release(pod("1")));
    }

    @Test
    void release_addressOfOtherOwner_namesHolder() {
        Allocation held = fixture.ask(pod("1"), of("a")).orElseThrow().get(0);
        assertEquals(
                new HeldByAnother(held.address(), pod("1"), held.generation()),
                fixture.ipam.release(pod("2"), held.address()));
        assertEquals(new NotAllocated(), fixture.ipam.release(pod("2"), Address.parse("10.1.0.4")));
        assertEquals(new NotAllocated(), fixture.ipam.release(pod("2"), Address.parse("10.9.0.4")));
        assertEquals(
                new Released("a", held.address(), "eth0", held.generation()),
                fixture.ipam.release(pod("1"), held.address()));
        assertEquals(new NotAllocated(), fixture.ipam.release(pod("1"), held.address()));
    }

    @Test
    void release_oldGeneration_keepsLaterGrant() {
        Allocation first = fixture.ask(pod("1"), of("a")).orElseThrow().get(0);
        fixture.ipam.release(pod("1"));
        Allocation second = fixture.ask(pod("1"), of("a")).orElseThrow().get(0);
        assertEquals(first.address(), second.address());
        assertNotEquals(first.generation(), second.generation());
        assertEquals(
                new HeldByAnother(first.address(), pod("1"), second.generation()),
                fixture.ipam.release(pod("1"), first.address(), first.generation()));
        assertEquals("1 held, 0 cooling, 0 reserved, 4 free", fixture.usage("a"));
    }

    @Test
    void release_earlierUid_freesNothing() {
        fixture.get(db("old"), of("a"));
        Allocation renewed = fixture.ask(db("new"), of("a")).orElseThrow().get(0);
        HeldByAnother byNew = new HeldByAnother(renewed.address(), db("new"), renewed.generation());
        assertEquals(List.of(byNew), fixture.ipam.release(db("old")));
        assertEquals(byNew, fixture.ipam.release(db("old"), renewed.address()));
        assertEquals(1, fixture.ipam.release(db("new")).size());
    }

    @Test
    void release_statelessOwner_isIdentifiedByUid() {
        fixture.get(pod("1"), of("a"));
        assertEquals(List.of(new NotAllocated()), fixture.ipam.release(pod("2")));
        assertEquals(List.of(new NotAllocated()), fixture.ipam.release(Owner.stateful("shop", "pod-1", "1")));
        assertEquals(
                1, fixture.ipam.release(Owner.stateless("other", "name", "1")).size());
    }

    @Test
    void release_null_throwsWithName() {
        assertEquals(
                "owner",
                assertThrows(NullPointerException.class, () -> fixture.ipam.release(null))
                        .getMessage());
        assertEquals(
                "address",
                assertThrows(NullPointerException.class, () -> fixture.ipam.release(pod("1"), (Address) null))
                        .getMessage());
        assertEquals(
                "interfaceName",
                assertThrows(NullPointerException.class, () -> fixture.ipam.release(pod("1"), (String) null))
                        .getMessage());
    }
}
