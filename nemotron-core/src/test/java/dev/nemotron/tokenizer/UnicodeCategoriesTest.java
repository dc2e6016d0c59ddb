package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnicodeCategoriesTest {

    @Test
    void tableAgreesWithTheJdkOnEveryCharacterOfItsEdition() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (UnicodeCategories.of(c) != Character.UNASSIGNED) {
                assertThat(UnicodeCategories.of(c)).as("U+%04X", c).isEqualTo(Character.getType(c));
            }
        }
    }

    @Test
    void lettersNumbersAndSpacesAreAsManyAsUnicode16Has() {
        int letters = 0;
        int numbers = 0;
        int spaces = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            letters += CharacterClasses.is(c, CharacterClasses.LETTER) ? 1 : 0;
            numbers += CharacterClasses.is(c, CharacterClasses.NUMBER) ? 1 : 0;
            spaces += CharacterClasses.is(c, CharacterClasses.SPACE) ? 1 : 0;
        }
        assertThat(letters).isEqualTo(141028);
        assertThat(numbers).isEqualTo(1911);
        assertThat(spaces).isEqualTo(25);
    }
}
