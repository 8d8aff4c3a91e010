package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users of this module see. */
class ExportedTypesTest {

    private static final List<Class<?>> TYPES = ExportedTypes.of("io.ipam.core");

    @Test
    void theExportedTypesAreThoseOfTheList() {
        // 99 and the 16 of the store interface.
        new TypeList(Path.of("src/test/resources/exported-types.txt"), 115).verify(TYPES);
    }

    /**
     * The address library is the one that users meet; see
     * docs/decisions/0002-jspecify-is-not-transitive.md.
     */
    @Test
    void signaturesMentionNothingThatUsersDoNotSee() {
        assertEquals(List.of(), Signatures.hiddenTypes(TYPES, List.of("io.ipam.core")));
    }
}
