#[zero_trust(without(checked_arithmetic), or(return Reply::Refused(violation.code())))]
async fn collect(&self, #[check(length(max = 64), ascii)] mut name: String) -> Reply {
    name.push('!');
    self.find(name).await
}
