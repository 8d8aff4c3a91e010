package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The types that users of this module see. */
class ExportedTypesTest {

    private static final List<Class<?>> TYPES = ExportedTypes.of("io.ipam.annotations");

    @Test
    void exportedTypes_ofModule_matchTheList() {
        new TypeList(Path.of("src/test/resources/exported-types.txt"), 40).verify(TYPES);
    }

    /**
     * Users see only the address library; see docs/decisions/0002-jspecify-is-not-transitive.md.
     */
    @Test
    void signatures_ofExportedTypes_containOnlyVisibleTypes() {
        assertEquals(List.of(), Signatures.hiddenTypes(TYPES, List.of("io.ipam.core", "io.ipam.annotations")));
    }
}
