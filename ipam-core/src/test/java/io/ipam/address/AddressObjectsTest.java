package io.ipam.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate for IPAddress objects. */
class AddressObjectsTest {
    private static IPAddress object(String text) {
        return new IPAddressString(text).getAddress();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 10.0.0.5",
        "10.0.0.5/24, 10.0.0.5",
        "10.0.0.0/32, 10.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "fd00::5/64, fd00::5",
        "::, ::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::10.0.0.1, ::a00:1",
        "::ffff:10.0.0.1, ::ffff:a00:1"
    })
    void address_singleAddressObject_isAccepted(String text, String expected) {
        Address address = Address.of(object(text));
        assertEquals(expected, address.toString());
        assertNull(address.toIPAddress().getNetworkPrefixLength());
        assertEquals(object(expected), address.toIPAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/24", "10.0.0.*", "10.0.0-1.1", "fd00::/64", "fd00::1%eth0", "*:*"})
    void address_otherObject_isRejected(String text) {
        assertThrows(InvalidAddressException.class, () -> Address.of(object(text)));
    }

    @Test
    void address_null_throws() {
        assertThrows(NullPointerException.class, () -> Address.of(null));
        assertThrows(NullPointerException.class, () -> Prefix.of(null));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24, 10.0.0.0/24",
        "0.0.0.0/0, 0.0.0.0/0",
        "10.0.0.5/32, 10.0.0.5/32",
        "fd00::/64, fd00::/64",
        "::/0, ::/0",
        "fd00::1/128, fd00::1/128"
    })
    void prefix_prefixObject_isAccepted(String text, String expected) {
        assertEquals(Prefix.parse(expected), Prefix.of(object(text)));
    }

    @Test
    void prefix_singleAddressWithZeroHostBits_isAccepted() {
        IPAddress lower = object("10.0.0.0/24").getLower();
        assertEquals(Prefix.parse("10.0.0.0/24"), Prefix.of(lower));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.5", "10.0.0.5/24", "10.0-1.0.0/16", "10.0.0.1-2/24", "fd00::1%eth0/128", "fd00::1/64"})
    void prefix_otherObject_isRejected(String text) {
        assertThrows(InvalidAddressException.class, () -> Prefix.of(object(text)));
    }

    @Test
    void family_object_isItsVersion() {
        assertEquals(Family.IPV4, Family.of(object("10.0.0.0/24")));
        assertEquals(Family.IPV6, Family.of(object("::10.0.0.1")));
    }
}
