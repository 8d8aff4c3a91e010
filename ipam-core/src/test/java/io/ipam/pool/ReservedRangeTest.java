package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The makers of {@link ReservedRange}. */
class ReservedRangeTest {
    /** The model: the addresses one by one. */
    @Property
    void of_anySet_equalsTheRangeOfItsTexts(
            @ForAll boolean six, @ForAll @Size(min = 1, max = 20) Set<@IntRange(max = 255) Integer> offsets) {
        Address base = Address.parse(six ? "2001:db8::" : "10.6.1.0");
        List<String> texts =
                offsets.stream().map(offset -> base.plus(offset).toString()).toList();
        ReservedRange made = ReservedRange.of("r", AddressSet.parse(base.family(), texts));
        assertEquals(ReservedRange.parse("r", base.family(), texts), made);
        assertEquals(
                offsets.stream().map(base::plus).collect(Collectors.toSet()),
                made.addresses().addresses().collect(Collectors.toSet()));
    }

    @Test
    void parse_prefixText_isAllItsAddresses() {
        ReservedRange parsed = ReservedRange.parse("r", Family.IPV4, List.of("10.6.1.0/24"));
        assertEquals(ReservedRange.of("r", AddressSet.of(Prefix.parse("10.6.1.0/24"))), parsed);
        assertEquals(BigInteger.valueOf(256), parsed.addresses().size());
    }

    @Test
    void parse_prefixTextWithHostBits_isRefused() {
        assertThrows(InvalidPoolException.class, () -> ReservedRange.parse("r", Family.IPV4, List.of("10.6.1.1/24")));
    }
}
