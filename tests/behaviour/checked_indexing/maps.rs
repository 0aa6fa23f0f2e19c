//! Maps, by key.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use portcullis::{Values, Violation, checked_indexing};

use super::refused;

const KEYS: [&str; 3] = ["a", "b", "c"];

fn map() -> HashMap<String, u8> {
    HashMap::from([("a".to_owned(), 1)])
}

fn tree() -> BTreeMap<String, u8> {
    BTreeMap::from([("a".to_owned(), 1)])
}

agreeing! {
    a_hash_map "[]" (list: HashMap<String, u8> = map(), i: &str = KEYS) { list[i] }
    a_tree_map "[]" (list: BTreeMap<String, u8> = tree(), i: &str = KEYS) { list[i] }
    a_key_of_the_maps_own_type "[]" (list: HashMap<String, u8> = map(), i: &str = KEYS) { list[&i.to_owned()] }
    a_map_behind_references "[]" (list: &&mut HashMap<String, u8> = &&mut map(), i: &str = KEYS) { list[i] }
    a_map_in_a_box "[]" (list: Box<BTreeMap<String, u8>> = Box::new(tree()), i: &str = KEYS) { list[i] }
    a_counted_map "[]" (list: Rc<HashMap<String, u8>> = Rc::new(map()), i: &str = KEYS) { list[i] }
    a_map_in_a_cow "[]" (list: Cow<'_, BTreeMap<String, u8>> = Cow::Owned(tree()), i: &str = KEYS) { list[i] }
    numbers "[]" (list: HashMap<u64, &str> = HashMap::from([(7, "x")]), i: u64 = [7, 8]) { list[&i] }
    a_pair_as_the_key "[]" (list: BTreeMap<(u8, u8), u8> = BTreeMap::from([((1, 2), 3)]), i: u8 = [1, 2]) { list[&(i, 2)] }
    a_list_in_a_map "[]" (list: HashMap<&str, Vec<u8>> = HashMap::from([("a", vec![1, 2])]), i: usize = [1, 2]) { list["a"][i] }
    a_map_in_a_list "[]" (list: Vec<HashMap<String, u8>> = vec![map()], i: usize = [0, 1]) { list[i]["a"] }
    a_reference_to_a_value "[]" (list: HashMap<String, u8> = map(), i: &str = KEYS) { &list[i] }
    a_method_of_a_value "[]" (list: HashMap<String, u8> = map(), i: &str = KEYS) { list[i].checked_add(1) }
}

#[test]
fn a_missing_key_is_not_kept() {
    #[checked_indexing]
    fn protected(map: &HashMap<String, u8>, key: &str) -> Result<u8, Violation> {
        Ok(map[key])
    }
    refused(protected(&map(), "secret"), "[]", Values::None);
    let violation = protected(&map(), "secret").unwrap_err();
    assert!(!violation.internal().to_string().contains("secret"));
}

#[test]
fn a_literal_key_takes_the_type_of_the_maps() {
    twin! {
        fn plain, protected(bytes: &HashMap<u8, char>, wide: &BTreeMap<i64, char>) -> [char; 2] {
            [bytes[&7], wide[&-7]]
        }
    }
    let (bytes, wide) = (HashMap::from([(7, 'a')]), BTreeMap::from([(-7, 'b')]));
    assert_eq!(plain(&bytes, &wide), protected(&bytes, &wide));
}

#[test]
fn a_hasher_of_the_users() {
    use std::hash::{BuildHasherDefault, DefaultHasher};
    type Map = HashMap<u8, u8, BuildHasherDefault<DefaultHasher>>;
    #[checked_indexing]
    fn protected(map: &Map, key: u8) -> Result<u8, Violation> {
        Ok(map[&key])
    }
    let map: Map = [(1, 2)].into_iter().collect();
    assert_eq!(protected(&map, 1).unwrap(), 2);
    refused(protected(&map, 2), "[]", Values::None);
}
