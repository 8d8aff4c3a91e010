package io.ipam.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Family;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A family is data: outside the package of addresses, no code distinguishes IPv4 from IPv6 by name.
 */
class FamilyConstantsTest {

    @Test
    void classes_outsideAddressPackage_nameNoFamily() {
        for (Family family : Family.values()) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.ipam.address")
                    .should()
                    .accessField(Family.class, family.name())
                    .check(CoreClasses.ALL);
        }
    }

    /** The rule for the other modules searches the source text for these names. */
    @Test
    void names_ofFamilies_equalThoseOfTheSourceRule() {
        assertEquals(
                List.of("IPV4", "IPV6"),
                Arrays.stream(Family.values()).map(Enum::name).toList());
    }
}
